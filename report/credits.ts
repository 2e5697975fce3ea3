import type { Child } from './element.ts';
import { note, type Paper, person, sourceLine } from './paper.ts';
import type { Credit, Returns } from './returns.ts';
import { table } from './table.ts';
import { returnsTexts } from './texts/returns.ts';

/** Codes and shares of credit, apart from the return: who was there when something sold, which is not what caused it. */
export function credits(paper: Paper, { methods, credits: people }: Returns): Child {
  const { make, format, language } = paper;
  const texts = returnsTexts[language];
  const codes = methods.find(row => row.verdict === 'bounds');
  if (codes === undefined && people.length === 0) return undefined;
  const money = (value: number | null, currency: string | null) => format.money(value, currency);
  const ways = (['codes', 'markov', 'shapley'] as const).filter(way => people.some(row => row[way] !== null));
  return [
    make('h3', {}, texts.creditTitle),
    make('p', {}, texts.credit),
    codes === undefined
      ? undefined
      : [
          make(
            'p',
            {},
            texts.codes(
              money(codes.incremental_low, codes.currency),
              money(codes.incremental_high, codes.currency),
            ),
          ),
          sourceLine(paper, { table: 'fct_returns', key: codes.method }),
        ],
    people.length === 0
      ? undefined
      : [
          table(paper, {
            caption: texts.creditCaption,
            columns: [
              { head: texts.person },
              ...ways.map(way => ({ head: texts.ways[way], isNumber: true })),
            ],
            rows: people.map((row: Credit) => [
              person(paper, row.author_id),
              ...ways.map(way => money(row[way], row.currency)),
            ]),
          }),
          sourceLine(paper, { table: 'fct_credits' }),
          note(paper, texts.creditNote),
        ],
  ];
}
