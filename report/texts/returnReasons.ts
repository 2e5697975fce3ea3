import { reasonClause as clause, figure, type Reason } from './clause.ts';
import { fr } from './french.ts';

const day = String.raw`(\d{4}-\d\d-\d\d)`;
const count = String.raw`([\d,]+)`;
const amount = String.raw`(-?[\d,.]+(?: [A-Z]{3})?)`;

/** Why a return can't be told: what the tables say in English, clause by clause, in French. */
export const returnReasons: readonly Reason[] = [
  [
    clause(
      `there is no control: the campaign ran in all ${count} units of the panel, so nothing is left to compare with`,
    ),
    units =>
      fr`il n'y a pas de zone témoin : la campagne a eu lieu dans les ${figure(units!)} unités du panel, il ne reste rien à comparer`,
  ],
  [
    clause(
      'there is no control: the campaign ran in the only unit of the panel, so nothing is left to compare with',
    ),
    () =>
      fr`il n'y a pas de zone témoin : la campagne a eu lieu dans la seule unité du panel, il ne reste rien à comparer`,
  ],
  [
    clause(`none of the ${count} units? of the panel was treated`),
    units => fr`aucune des ${figure(units!)} unités du panel n'a été exposée`,
  ],
  [
    clause(`${count} (treated|control) units? (?:is|are) too few; this design needs at least ${count}`),
    (units, arm, needed) =>
      fr`${figure(units!)} ${arm === 'treated' ? 'unités exposées' : 'unités témoins'}, c'est trop peu : cette méthode en demande au moins ${figure(needed!)}`,
  ],
  [
    clause(`${count} (treated|control) units? (?:is|are) too few`),
    (units, arm) =>
      fr`${figure(units!)} ${arm === 'treated' ? 'unités exposées' : 'unités témoins'}, c'est trop peu`,
  ],
  [
    clause(`this design needs at least ${count}`),
    needed => fr`cette méthode en demande au moins ${figure(needed!)}`,
  ],
  [clause('this design needs more'), () => fr`cette méthode en demande davantage`],
  [
    clause(`${count} days? before the flight are too few`),
    days => fr`${figure(days!)} jours avant la campagne, c'est trop peu`,
  ],
  [
    clause(`${count} days? before the flight are too few for a flight of ${count} days?`),
    (before, during) =>
      fr`${figure(before!)} jours avant une campagne de ${figure(during!)} jours, c'est trop peu`,
  ],
  [
    clause(`the flight runs until ${day}: what it returned is told once its last day is over`),
    until => fr`la campagne court jusqu'au ${until!} : son retour sera donné une fois son dernier jour passé`,
  ],
  [
    clause('the flight is not over: what it returned is told once its last day is over'),
    () => fr`la campagne n'est pas terminée : son retour sera donné une fois son dernier jour passé`,
  ],
  [
    clause(`the flight begins on ${day}: nothing has happened yet that could return anything`),
    from => fr`la campagne commence le ${from!} : rien n'a encore pu rapporter`,
  ],
  [
    clause(`the panel runs from ${day} to ${day}, and the flight from ${day} to ${day} lies outside of it`),
    (first, last, from, to) =>
      fr`le panel va du ${first!} au ${last!}, et la campagne, du ${from!} au ${to!}, tombe en dehors`,
  ],
  [
    clause(`the panel runs from ${day} to ${day}, and the flight ends later, on ${day}`),
    (first, last, to) => fr`le panel va du ${first!} au ${last!}, et la campagne finit plus tard, le ${to!}`,
  ],
  [
    clause(
      `the panel has no sales of unit (.*) on ${day}(?:, the first of ${count} such holes)?: write 0 where nothing was sold`,
    ),
    (unit, at, holes) =>
      fr`le panel n'a pas de ventes de l'unité ${unit!} le ${at!}${holes === '' ? '' : `, premier de ${figure(holes!)} trous`} : écrivez 0 là où rien ne s’est vendu`,
  ],
  [
    clause('nothing is filled in, because a guess would pass for a measurement'),
    () => fr`rien n'est complété, car une supposition passerait pour une mesure`,
  ],
  [
    clause('the panel has no day before the end of the interval'),
    () => fr`le panel n'a aucun jour avant la fin de la période lue`,
  ],
  [
    clause(
      `the panel runs from ${day} to ${day}, and has no day of the time before the flight, ${day} to ${day}`,
    ),
    (first, last, from, to) =>
      fr`le panel va du ${first!} au ${last!}, et n'a aucun jour d'avant la campagne, du ${from!} au ${to!}`,
  ],
  [
    clause(`the panel runs from ${day} to ${day}, and the days before the flight begin earlier, on ${day}`),
    (first, last, from) =>
      fr`le panel va du ${first!} au ${last!}, et les jours d'avant la campagne commencent plus tôt, le ${from!}`,
  ],
  [
    clause(
      `the unit (.*) is treated on ${count} days? of the panel and control on ${count}(?:, and so (?:is|are) ${count} others?)?: a unit is one or the other on all days, before the flight too`,
    ),
    (unit, treated, control, others) =>
      fr`l'unité ${unit!} est exposée ${figure(treated!)} jours du panel et témoin ${figure(control!)}${others === '' ? '' : `, et ${figure(others!)} autres de même`} : une unité est l'un ou l'autre tous les jours, avant la campagne aussi`,
  ],
  [
    clause(
      `the sales of unit (.*) over ${count} days add up to ${amount}, less than nothing: returned goods may outweigh the sales of a day, not of weeks`,
    ),
    (unit, days, total) =>
      fr`les ventes de l'unité ${unit!} sur ${figure(days!)} jours font ${figure(total!)}, moins que rien : les retours peuvent dépasser les ventes d'un jour, pas de plusieurs semaines`,
  ],
  [
    clause(`sales were ${amount} (lower|higher) than without the campaign \\(${amount} to ${amount}\\)`),
    (sales, way, low, high) =>
      fr`les ventes ont été de ${figure(sales!)} ${way === 'lower' ? 'inférieures' : 'supérieures'} à ce qu'elles auraient été sans la campagne (${figure(low!)} à ${figure(high!)})`,
  ],
  [
    clause(
      `units without the campaign, or the days before it, carry cost too, and this design has no standard error of a known distribution to weigh one against the other \\(${amount} more spent\\)`,
    ),
    spent =>
      fr`des unités sans campagne, ou les jours d'avant, portent aussi un coût, et cette méthode n'a pas d'erreur type de loi connue pour peser l'un contre l'autre (${figure(spent!)} dépensés en plus)`,
  ],
  [
    clause(
      `what the campaign cost is not known: ${count} payments? of the ledger have no rate to ([A-Z]{3}|undefined) in \`rates\``,
    ),
    (payments, currency) =>
      fr`le coût de la campagne est inconnu : ${figure(payments!)} paiements du registre n'ont pas de taux vers ${currency!} dans rates`,
  ],
  [
    clause(
      `units without the campaign, or the days before it, carry cost too, and by this design the campaign added none \\(${amount}\\): a return on nothing spent has no meaning`,
    ),
    added =>
      fr`des unités sans campagne, ou les jours d'avant, portent aussi un coût, et selon cette méthode la campagne n'en a pas ajouté (${figure(added!)}) : un retour sur une dépense nulle n'a pas de sens`,
  ],
  [
    clause(
      `what the campaign cost is not known: ${count} rows? of \`costs\` could not be read \\(see fct_quality\\), so their sum would be too small and the return too good`,
    ),
    rows =>
      fr`le coût de la campagne est inconnu : lignes de costs illisibles (voir fct_quality), ${figure(rows!)} ; leur somme serait trop petite et le retour trop beau`,
  ],
  [
    clause(
      `${count} rows? of the panel's days could not be read \\((?:the first: )?(.*)\\), so that units may be missing: mend (?:it|them), or leave out what belongs to no group`,
    ),
    (rows, first) =>
      fr`lignes illisibles parmi les jours du panel : ${figure(rows!)} (d'abord « ${first!} »), des unités peuvent donc manquer ; corrigez-les, ou retirez ce qui n'appartient à aucun groupe`,
  ],
  [
    clause('its figures are too large for the tables: give sales in thousands'),
    () => fr`ses chiffres dépassent ce que les tables contiennent : donnez les ventes en milliers`,
  ],
  [
    clause('what the campaign cost is not known: give `costs` in the campaign file'),
    () => fr`le coût de la campagne est inconnu : indiquez costs dans le fichier de campagne`,
  ],
  [
    clause('what the campaign cost is known by place only: give `costs`'),
    () => fr`le coût de la campagne n'est connu que par zone : indiquez costs`,
  ],
  [
    clause('no cost is told, and a return on nothing spent has no meaning'),
    () => fr`aucun coût n'est indiqué, et un retour sur une dépense nulle n'a pas de sens`,
  ],
  [
    clause('no margin is known: give `panel\\.margin` or `orders\\.margin` in the campaign file'),
    () => fr`la marge est inconnue : indiquez panel.margin ou orders.margin dans le fichier de campagne`,
  ],
  [
    clause('the cost is too uncertain to be told from nothing: its return has no bounds'),
    () => fr`le coût est trop incertain pour être distingué de zéro : le retour n'a pas de bornes`,
  ],
  [
    clause(
      'the treated units were chosen, so the difference of the groups may be that of the choice: only lots make it the campaign’s \\(if lots decided, say `panel\\.assignment: random`\\)',
    ),
    () =>
      fr`les unités exposées ont été choisies, et l'écart peut venir de ce choix : seul un tirage au sort l'attribue à la campagne (s'il y en a eu un, indiquez panel.assignment: random)`,
  ],
  [
    clause(
      'it would find only a campaign that brings back ([\\d.]+) times what pays for it, and more than (\\d+) times is too much to ask of one',
    ),
    (times, most) =>
      fr`elle ne détecterait qu'une campagne rapportant ${figure(times!)} fois de quoi la payer, et au-delà de ${most!} fois, c'est trop demander`,
  ],
  [
    clause(
      '(\\d+) of (\\d+) fake flights before the real one found something where nothing happened(, the last among them)?',
    ),
    (apart, all, last) =>
      fr`${apart!} campagnes fictives sur ${all!}, avant la vraie, trouvent quelque chose là où il ne s'est rien passé${last === '' ? '' : ', dont la dernière'}`,
  ],
  [
    clause('the fake flight before the real one found something where nothing happened'),
    () => fr`la campagne fictive, avant la vraie, trouve quelque chose là où il ne s'est rien passé`,
  ],
  [
    clause(
      'this design has not been shown yet to keep its level in enough simulated worlds, so it does not decide',
    ),
    () =>
      fr`cette méthode n'a pas encore fait ses preuves dans assez de mondes simulés, elle ne décide donc pas`,
  ],
  [
    clause(
      'nothing is there to compare the campaign with: give a `panel`, or draw people into a hold-out before the flight',
    ),
    () =>
      fr`il n'y a rien à quoi comparer la campagne : indiquez un panel, ou tirez au sort des personnes à laisser de côté avant la campagne`,
  ],
  [
    clause('the campaign file has no `flight`, so what came back is not asked'),
    () => fr`le fichier de campagne n'a pas de flight, le retour n'est donc pas demandé`,
  ],
];
