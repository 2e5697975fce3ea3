import type { Child } from '../element.ts';
import { clipped, type Paper } from '../paper.ts';
import { fr } from './french.ts';

/** The tables give their reasons in English: these are the same in French. */
const french: readonly [RegExp, (...parts: string[]) => string][] = [
  [/^too few units: each arm needs five$/, () => fr`trop peu d'unités : il en faut cinq de chaque côté`],
];

/** A reason that a table gives, in the language of the page; marked as English where nobody has put it into French. */
export function reasonIn({ make, language }: Paper, reason: string): Child {
  if (language === 'en') return clipped(reason, 600);
  for (const [english, text] of french) {
    const parts = english.exec(reason);
    if (parts !== null) return text(...parts.slice(1));
  }
  return make('span', { lang: 'en' }, clipped(reason, 600));
}
