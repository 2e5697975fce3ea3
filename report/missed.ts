import type { Child } from './element.ts';
import type { NightTables } from './nightTables.ts';
import { clipped, note, type Paper, sourceLine } from './paper.ts';
import { table } from './table.ts';
import { missedTexts } from './texts/missed.ts';

/** What a network was asked over and over, in hours of one question each. */
export interface Missed {
  source: string;
  asked: number;
  missed: number;
  /** Questions and stretches that a limit withheld. */
  limited: number;
  /** Questions about messages that errors withheld. */
  failed: number;
}

/** From `fct_coverage`: none where no network was asked. */
export function readMissed({ from, rows }: NightTables): Promise<Missed[]> {
  const columns = ['source', 'seconds_asked', 'seconds_missed', 'limited', 'questions_failed'];
  return rows<Missed>(
    `SELECT source, CAST(sum(seconds_asked) AS DOUBLE) / 3600 AS asked, CAST(sum(seconds_missed) AS DOUBLE) / 3600 AS missed,
       CAST(sum(limited) AS BIGINT) AS limited, CAST(sum(questions_failed) AS BIGINT) AS failed
     FROM ${from('fct_coverage', columns)} GROUP BY source HAVING sum(seconds_asked) > 0 ORDER BY source`,
  );
}

/** By source, how much of what a network was asked about nobody got to see. */
export function missedHours(paper: Paper, sources: readonly Missed[]): Child {
  if (sources.length === 0) return undefined;
  const { make, format, language } = paper;
  const texts = missedTexts[language];
  return [
    make('h3', {}, texts.title),
    table(paper, {
      caption: texts.title,
      columns: [
        { head: texts.source },
        { head: texts.asked, isNumber: true },
        { head: texts.missed, isNumber: true },
        { head: texts.share, isNumber: true },
        { head: texts.limited, isNumber: true },
        { head: texts.failed, isNumber: true },
      ],
      rows: sources.map(row => [
        clipped(row.source, 60),
        format.number(row.asked),
        format.number(row.missed, row.missed < 10 ? 1 : 0),
        format.percent(row.missed / row.asked, 1),
        format.number(row.limited),
        format.number(row.failed),
      ]),
    }),
    note(paper, texts.note),
    sourceLine(paper, { table: 'fct_coverage' }),
  ];
}
