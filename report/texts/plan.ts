import type { InEach } from '../language.ts';
import { fr } from './french.ts';

type Names = Readonly<Record<string, string>>;

const en = {
  title: (budget: string) => `Whom to ask for ${budget}`,
  titleEmpty: 'Whom to ask',
  empty:
    'No plan: the campaign file needs `recruitment` with a budget and a file of candidates (who, what they cost, how likely they accept).',
  nobody: 'The plan asks nobody: no candidate is influential, interested, priced and free to be asked.',
  lead: (people: number, reach: string) =>
    `Ask ${people === 1 ? 'this one person' : `these ${people} people`}: ${reach} people can then be expected to take up the message, those asked included.`,
  compared: (parts: string) => `That is ${parts}.`,
  times: (times: string, instead: string) => `${times} times as many as ${instead}`,
  instead: {
    'top followers': 'by asking those with most followers',
    random: 'by asking at random',
  } as Names,
  guarantee: (share: string) =>
    `No other choice can do much better: this is proved to be at least ${share} of the best possible.`,
  caption: 'Whom to ask, in this order: who adds most for the money comes first',
  person: 'Person',
  cost: 'Cost',
  acceptance: 'Will accept',
  adds: 'Adds',
  soFar: 'In all',
  reach:
    'People reached are different people who take up the message, as often as they did with past messages: far fewer than an audience, and closer to what happens. “Adds” leaves out whom those above reach already, and counts the chance that the person declines.',
  more: (people: string) => `And ${people} more, whom the table names.`,
  chart: 'The plan against the obvious choices',
  chartLegend: (confidence: string) =>
    `People reached for the same money. Bars: bounds that hold together with ${confidence} confidence.`,
  axis: 'people reached',
  strategy: 'Choice',
  peopleAsked: 'People asked',
  atLeast: 'At least',
  atMost: 'At most',
  told: (name: string, reach: string) => `${name}: ${reach} people`,
  strategies: {
    plan: 'this plan',
    'next best': 'the next best choice',
    'equal split': 'equal money to each network',
    'top followers': 'those with most followers',
    random: 'by lot',
  } as Names,
  holdOutTitle: 'What the next campaign could prove',
  heldOut: (people: number) =>
    people === 1
      ? 'One person was drawn by lot and must not be asked. Only by comparing with them can be shown what asking causes:'
      : `${people} people were drawn by lot and must not be asked. Only by comparing with them can be shown what asking causes:`,
  nobodyHeldOut: 'Nobody is held out.',
  designCaption: 'The smallest effect that each comparison would find',
  design: 'Comparison',
  designs: {
    people: 'people asked, against people held out',
    units: 'zones, by their sales',
    'units by change': 'zones, by how their sales change',
  } as Names,
  asked: 'With',
  without: 'Without',
  smallest: 'Smallest effect',
  smallestMoney: 'In sales',
  verdict: 'Verdict',
  decides: 'can decide',
  cannotTell: 'cannot tell',
  because: (design: string) => `Why “${design}” cannot tell:`,
  power: (power: string) =>
    `Smallest effect: what would be found with a probability of ${power}. A weaker campaign would go unseen.`,
};

type PlanTexts = typeof en;

export const planTexts: InEach<PlanTexts> = {
  en,
  fr: {
    title: budget => fr`À qui s'adresser pour ${budget}`,
    titleEmpty: fr`À qui s'adresser`,
    empty: fr`Pas de plan : le fichier de campagne doit indiquer \`recruitment\`, avec un budget et un fichier de candidats (qui, à quel prix, avec quelle chance d'accepter).`,
    nobody: fr`Le plan ne sollicite personne : aucun candidat n'est à la fois influent, intéressé, tarifé et libre d'être sollicité.`,
    lead: (people, reach) =>
      fr`Sollicitez ${people === 1 ? 'cette personne' : `ces ${people} personnes`} : on peut s'attendre à ce que ${reach} personnes reprennent le message, elles comprises.`,
    compared: parts => fr`C'est ${parts}.`,
    times: (times, instead) => fr`${times} fois plus ${instead}`,
    instead: {
      'top followers': fr`qu'en sollicitant les comptes les plus suivis`,
      random: fr`qu'en sollicitant au hasard`,
    },
    guarantee: share =>
      fr`Aucun autre choix ne ferait beaucoup mieux : il est démontré que ce plan atteint au moins ${share} du maximum possible.`,
    caption: fr`Qui solliciter, dans cet ordre : d'abord qui apporte le plus pour son prix`,
    person: 'Personne',
    cost: 'Coût',
    acceptance: 'Acceptera',
    adds: 'Apporte',
    soFar: 'En tout',
    reach: fr`Les personnes touchées sont des personnes différentes qui reprennent le message, aussi souvent qu'elles l'ont fait par le passé : bien moins qu'une audience, et plus proche de ce qui se produit. « Apporte » laisse de côté les personnes déjà touchées grâce aux précédents, et tient compte du risque d'un refus.`,
    more: people => fr`Et ${people} autres, que la table nomme.`,
    chart: fr`Le plan face aux choix habituels`,
    chartLegend: confidence =>
      fr`Personnes touchées pour le même budget. Traits : bornes valables ensemble avec une confiance de ${confidence}.`,
    axis: 'personnes touchées',
    strategy: 'Choix',
    peopleAsked: 'Sollicités',
    atLeast: 'Au moins',
    atMost: 'Au plus',
    told: (name, reach) => fr`${name} : ${reach} personnes`,
    strategies: {
      plan: 'ce plan',
      'next best': 'le meilleur autre choix',
      'equal split': 'à parts égales entre réseaux',
      'top followers': 'les comptes les plus suivis',
      random: 'au hasard',
    },
    holdOutTitle: fr`Ce que la prochaine campagne pourra prouver`,
    heldOut: people =>
      people === 1
        ? fr`Une personne a été tirée au sort et ne doit pas être sollicitée. Elle seule permettra de montrer, par comparaison, l'effet d'une sollicitation :`
        : fr`${people} personnes ont été tirées au sort et ne doivent pas être sollicitées. Elles seules permettront de montrer, par comparaison, l'effet d'une sollicitation :`,
    nobodyHeldOut: fr`Personne n'est laissé à l'écart.`,
    designCaption: fr`Le plus petit effet que chaque comparaison saurait détecter`,
    design: 'Comparaison',
    designs: {
      people: fr`personnes sollicitées, face aux personnes à l'écart`,
      units: 'zones, selon leurs ventes',
      'units by change': fr`zones, selon l'évolution de leurs ventes`,
    },
    asked: 'Avec',
    without: 'Sans',
    smallest: 'Plus petit effet',
    smallestMoney: 'En ventes',
    verdict: 'Verdict',
    decides: 'peut trancher',
    cannotTell: 'ne peut rien dire',
    because: design => fr`Pourquoi « ${design} » ne peut rien dire :`,
    power: power =>
      fr`Plus petit effet : ce qui serait détecté avec une probabilité de ${power}. Une campagne moins efficace passerait inaperçue.`,
  },
};
