import type { InEach } from '../language.ts';
import { fr } from './french.ts';

type Names = Readonly<Record<string, string>>;

const en = {
  title: 'What the last campaign brought back',
  noPanel:
    'No panel: add `flight` and `panel` to the campaign file, that is the days of the campaign, and sales by zone and day with some zones left alone. Then the return is measured here every night.',
  cannotTell: 'No method may decide.',
  lead: (more: string, low: string, high: string, cost: string, confidence: string) =>
    `It sold ${more} more than would have been sold anyway (between ${low} and ${high}, ${confidence} confidence), and cost ${cost}.`,
  roi: 'ROI is what is left of the extra margin when the campaign is paid, per unit of money spent: 0 is break-even, +1 is one earned for each one spent.',
  levels:
    'The numbers before the names are levels of evidence, 1 being the best: the lower, the harder to be wrong.',
  toQuote: 'The coloured line is the one to quote.',
  forestTitle: 'Return on investment, by every method',
  forestLegend: 'Dots are estimates, bars are what else fits the data.',
  salesTitle: 'Extra sales for each unit of money spent, by every method',
  salesLegend: 'No margin is known, so a return can’t be told: this is sales, not profit.',
  roiAxis: 'ROI (0 = break-even)',
  iroasAxis: 'extra sales per unit spent (1 = the cost)',
  told: (name: string, value: string) => `${name}: ${value}`,
  short: { cannotTell: 'cannot tell', unbounded: 'no bounds', disagrees: '(disagrees)' },
  method: 'Method',
  level: 'Evidence',
  incremental: 'Extra sales',
  cost: 'Cost',
  verdict: 'Verdict',
  verdicts: {
    gain: 'gain',
    loss: 'loss',
    open: 'open',
    cannot_tell: 'cannot tell',
    bounds: 'bounds only',
    credit: 'credit only',
    change: 'change only',
  } as Names,
  allAgree: 'All methods that give an interval agree with the headline: the intervals meet.',
  quoted: (name: string) => `“${name}”`,
  disagree: (names: string, count: number) =>
    `Not all agree: ${count === 1 ? `the interval of ${names} does` : `the intervals of ${names} do`} not meet the headline’s. The better level of evidence stands; the difference is a reason to ask what the weaker one takes for granted.`,
  refusedTitle: 'What could not decide, and why',
  daysTitle: 'Sales by day, with and without the campaign',
  daysLegend: (method: string) =>
    `Full line: sold where the campaign ran. Dashed line and band: what would have been sold without it, by ${method}. Shaded: the days of the campaign.`,
  daysTold: (observed: string, expected: string) =>
    `During the campaign ${observed} were sold where it ran; without it ${expected} were to be expected.`,
  day: 'Day',
  observed: 'Sold',
  expected: 'Expected',
  atLeast: 'At least',
  atMost: 'At most',
  placeboTitles: {
    time: 'The same method on days when nothing happened',
    unit: 'The same method on zones where nothing happened',
  },
  placebosTold: (count: number, apart: number) =>
    `${count === 1 ? 'One false alarm test' : `${count} false alarm tests`}: ${apart === 0 ? 'none finds an effect where there is none' : apart === 1 ? 'one finds an effect where there is none' : `${apart} find an effect where there is none`}.`,
  fakeFlight: (day: string) => `from ${day}`,
  theCampaign: 'the campaign itself',
  placebo: 'Test',
  isApart: 'Finds an effect',
  yes: 'yes',
  no: 'no',
  creditTitle: 'Codes and credit: who was there, not what caused it',
  credit:
    'A code says that an order passed by a person, not that they caused it: some would have bought anyway, others bought without typing the code. These figures help to thank people fairly. They are no return, and are never added to one.',
  codes: (low: string, high: string) =>
    `Orders with a code or a link of the campaign came to ${high}; of these, ${low} were by people who had never bought before.`,
  creditCaption: 'Sales credited to people: those with most first',
  person: 'Person',
  ways: { codes: 'By code', markov: 'Markov', shapley: 'Shapley' },
  creditNote:
    'By code: the whole order goes to the owner of its code. Markov: what would be lost if the person were missing from the paths that lead to orders. Shapley: a fair share among all who stood on the path.',
  changeTitle: 'Before and after',
  change: (change: string) =>
    `Where the campaign ran, sales changed by ${change} against the days before. That is a change, not an effect: season, weather and prices are in it too.`,
};

type ReturnsTexts = typeof en;

export const returnsTexts: InEach<ReturnsTexts> = {
  en,
  fr: {
    title: fr`Ce que la dernière campagne a rapporté`,
    noPanel: fr`Pas de panel : ajoutez \`flight\` et \`panel\` au fichier de campagne, c'est-à-dire les dates de la campagne, et les ventes par zone et par jour dont certaines zones sans campagne. Le retour sera alors mesuré ici chaque nuit.`,
    cannotTell: fr`Aucune méthode n'est en mesure de trancher.`,
    lead: (more, low, high, cost, confidence) =>
      fr`Elle a fait vendre ${more} de plus que ce qui se serait vendu sans elle (entre ${low} et ${high}, confiance de ${confidence}), pour un coût de ${cost}.`,
    roi: fr`Le ROI est ce qui reste de la marge supplémentaire une fois la campagne payée, par unité dépensée : 0 correspond à l'équilibre, +1 à une unité gagnée par unité dépensée.`,
    levels: fr`Les chiffres devant les noms sont les niveaux de preuve : 1 est le meilleur, celui qui risque le moins de se tromper.`,
    toQuote: 'Le trait coloré est celui à citer.',
    forestTitle: fr`Retour sur investissement, selon chaque méthode`,
    forestLegend: fr`Points : estimations. Traits : ce que les données admettent aussi.`,
    salesTitle: fr`Ventes supplémentaires par unité dépensée, selon chaque méthode`,
    salesLegend: fr`La marge n'est pas connue, donc pas de retour à proprement parler : ce sont des ventes, pas un profit.`,
    roiAxis: fr`ROI (0 = équilibre)`,
    iroasAxis: fr`ventes en plus par unité dépensée (1 = le coût)`,
    told: (name, value) => fr`${name} : ${value}`,
    short: { cannotTell: 'ne peut rien dire', unbounded: 'sans bornes', disagrees: '(désaccord)' },
    method: 'Méthode',
    level: 'Preuve',
    incremental: 'Ventes en plus',
    cost: 'Coût',
    verdict: 'Verdict',
    verdicts: {
      gain: 'gain',
      loss: 'perte',
      open: 'ouvert',
      cannot_tell: 'ne peut rien dire',
      bounds: 'bornes seulement',
      credit: 'attribution seulement',
      change: 'évolution seulement',
    },
    allAgree: fr`Toutes les méthodes qui donnent un intervalle s'accordent avec le résultat principal : les intervalles se recoupent.`,
    quoted: name => fr`« ${name} »`,
    disagree: (names, count) =>
      fr`Tout ne concorde pas : ${count === 1 ? `l’intervalle de ${names} ne recoupe` : `les intervalles de ${names} ne recoupent`} pas celui du résultat principal. Le meilleur niveau de preuve l'emporte ; l'écart invite à regarder ce que l'autre méthode suppose.`,
    refusedTitle: fr`Ce qui n'a pas pu trancher, et pourquoi`,
    daysTitle: fr`Ventes par jour, avec et sans la campagne`,
    daysLegend: method =>
      fr`Trait plein : ventes là où la campagne a eu lieu. Tirets et bande : ce qui se serait vendu sans elle, selon la méthode « ${method} ». Fond grisé : les jours de campagne.`,
    daysTold: (observed, expected) =>
      fr`Pendant la campagne, ${observed} ont été vendus là où elle a eu lieu ; sans elle, on attendait ${expected}.`,
    day: 'Jour',
    observed: 'Vendu',
    expected: 'Attendu',
    atLeast: 'Au moins',
    atMost: 'Au plus',
    placeboTitles: {
      time: fr`La même méthode sur des jours où il ne s'est rien passé`,
      unit: fr`La même méthode sur des zones où il ne s'est rien passé`,
    },
    placebosTold: (count, apart) =>
      fr`${count === 1 ? 'Un essai à blanc' : `${count} essais à blanc`} : ${apart === 0 ? 'aucun ne trouve d’effet là où il n’y en a pas' : apart === 1 ? 'un seul trouve un effet là où il n’y en a pas' : `${apart} trouvent un effet là où il n’y en a pas`}.`,
    fakeFlight: day => fr`à partir du ${day}`,
    theCampaign: 'la campagne elle-même',
    placebo: 'Essai',
    isApart: 'Trouve un effet',
    yes: 'oui',
    no: 'non',
    creditTitle: fr`Codes et attribution : qui était là, non ce qui a fait vendre`,
    credit: fr`Un code dit qu'une commande est passée par une personne, non qu'elle l'a provoquée : certains auraient acheté de toute façon, d'autres ont acheté sans saisir le code. Ces chiffres aident à remercier équitablement. Ce n'est pas un retour, et ils ne s'y ajoutent jamais.`,
    codes: (low, high) =>
      fr`Les commandes portant un code ou un lien de la campagne représentent ${high}, dont ${low} de personnes qui n'avaient jamais acheté.`,
    creditCaption: fr`Ventes attribuées aux personnes : d'abord celles qui en ont le plus`,
    person: 'Personne',
    ways: { codes: 'Par code', markov: 'Markov', shapley: 'Shapley' },
    creditNote: fr`Par code : toute la commande revient au détenteur du code. Markov : ce qui serait perdu si la personne manquait sur les parcours qui mènent aux commandes. Shapley : une part équitable entre tous ceux du parcours.`,
    changeTitle: fr`Avant et après`,
    change: change =>
      fr`Là où la campagne a eu lieu, les ventes ont évolué de ${change} par rapport aux jours précédents. C'est une évolution, pas un effet : la saison, la météo et les prix y sont aussi.`,
  },
};
