import type { Child } from '../element.ts';
import { clipped, type Paper } from '../paper.ts';
import type { Reason } from './clause.ts';
import { designReasons } from './designReasons.ts';
import { fr } from './french.ts';
import { methodNames } from './methods.ts';
import { returnReasons } from './returnReasons.ts';

/** The tables give their reasons in English: these are the same in French. */
const french: readonly Reason[] = [
  ...returnReasons,
  ...designReasons,
  [
    /^units without the campaign, or the days before it, carry cost too, and what it added cannot be told: (.*)$/,
    why => {
      const told = inFrench(why!);
      return told === undefined
        ? undefined
        : fr`des unités sans campagne, ou les jours d'avant, portent aussi un coût, et on ne peut dire ce qu'elle y a ajouté : ${told}`;
    },
  ],
  [
    /^its interval lies apart from that of the headline, (.*)$/,
    method =>
      fr`son intervalle ne recoupe pas celui du résultat principal, « ${methodNames.fr[method!] ?? method!} »`,
  ],
  [/^too few units: each arm needs five$/, () => fr`trop peu d'unités : il en faut cinq de chaque côté`],
  [/^nothing was observed before the flight$/, () => fr`rien n'a été observé avant la campagne`],
  [
    /^all units are alike before the flight: how much they differ by chance is unknown$/,
    () =>
      fr`toutes les unités se ressemblent avant la campagne : on ignore de combien elles diffèrent par hasard`,
  ],
  [/^nobody is asked$/, () => fr`personne n'est sollicité`],
  [
    /^(\d+) influential (?:person|people) with known habits (?:is|are) too few: two personas need (\d+), less influential ones counted in part$/,
    (people, needed) =>
      fr`${people} personnes influentes aux habitudes connues, c'est trop peu : deux profils en demandent ${needed}, les moins influentes comptant en partie`,
  ],
  [/^influential people differ in no feature$/, () => fr`les personnes influentes ne diffèrent en rien`],
  [
    /^no grouping of half of the people foretells the other half: (\d+) groups come nearest with ([\d.]+), and more than ([\d.]+) is asked$/,
    (groups, strength, asked) =>
      fr`aucun regroupement d'une moitié des personnes ne prédit l'autre moitié : ${groups} groupes s'en approchent le plus avec ${strength}, et il faut plus de ${asked}`,
  ],
  [
    /^halves foretell each other, but evenly spread people fall apart as well: it is one group$/,
    () =>
      fr`les moitiés se prédisent l'une l'autre, mais des personnes réparties uniformément se sépareraient aussi : il n'y a qu'un groupe`,
  ],
];

/**
 * A reason that a table gives, in the language of the page; marked as English where nobody has put it into French. A sentence of
 * several clauses is put into French clause by clause.
 */
export function reasonIn({ make, language, format }: Paper, reason: string): Child {
  const told = clipped(reason, 600);
  if (language === 'en') return told;
  const clauses = told
    .replace(/\.$/, '')
    .split('; ')
    .map(clause => inFrench(clause) ?? inFrench(clause.charAt(0).toLowerCase() + clause.slice(1)));
  if (clauses.some(clause => clause === undefined)) return make('span', { lang: 'en' }, told);
  const text = format.series(clauses as string[]);
  // A sentence stays one.
  return told.endsWith('.') ? `${text.charAt(0).toUpperCase()}${text.slice(1)}.` : text;
}

function inFrench(clause: string): string | undefined {
  for (const [english, text] of french) {
    const parts = english.exec(clause);
    if (parts !== null) return text(...parts.slice(1).map(part => part ?? ''));
  }
  return undefined;
}
