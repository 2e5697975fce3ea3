import { sentenceOf } from './figures-in-words.ts';
import { obstacles, type ReturnRow } from './return-rows.ts';

/** What the night says of the return, in one word and one sentence. */
export interface ReturnAnswer {
  /** Undefined where nothing was asked, or nothing is there to answer with. */
  verdict: 'gain' | 'loss' | 'open' | 'cannot_tell' | undefined;
  reason: string;
}

const decided = ['gain', 'loss', 'open'];

/**
 * Marks the headline, the first row that may decide and did: rows come with the best level of evidence first and in a fixed
 * order within it, so that no figure is chosen for being pleasant or its interval for being narrow. Then compares the others
 * with it: two levels agree where their intervals of the incremental revenue overlap.
 */
export function withHeadline(rows: readonly ReturnRow[]): ReturnRow[] {
  const headline = rows.find(row => row.mayDecide && decided.includes(row.verdict));
  if (headline === undefined) return [...rows];
  return rows.map(row => {
    if (row === headline) return { ...row, isHeadline: true };
    if (!(row.level <= 4) || Number.isNaN(row.incrementalLow) || Number.isNaN(row.incrementalHigh))
      return row;
    const agrees =
      row.incrementalLow <= headline.incrementalHigh && headline.incrementalLow <= row.incrementalHigh;
    const clause = `its interval lies apart from that of the headline, ${headline.method}`;
    return { ...row, agrees, reason: agrees ? row.reason : sentenceOf([withoutStop(row.reason), clause]) };
  });
}

/** The night's answer: the headline's, or why there is none. */
export function answerOf(rows: readonly ReturnRow[], hasFlight: boolean): ReturnAnswer {
  const headline = rows.find(row => row.isHeadline);
  if (headline !== undefined)
    return { verdict: headline.verdict as ReturnAnswer['verdict'], reason: headline.reason };
  const designs = rows.filter(row => row.level <= 4);
  for (const obstacle of obstacles) {
    const row = designs.find(candidate => candidate.obstacle === obstacle);
    if (row !== undefined) return { verdict: 'cannot_tell', reason: row.reason };
  }
  const reason = hasFlight
    ? 'Nothing is there to compare the campaign with: give a `panel`, or draw people into a hold-out before the flight.'
    : 'The campaign file has no `flight`, so what came back is not asked.';
  return { verdict: undefined, reason };
}

function withoutStop(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
