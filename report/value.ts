import type { Child } from './element.ts';
import type { NightTables } from './nightTables.ts';
import { note, type Paper, person, prose, sourceLine } from './paper.ts';
import { table } from './table.ts';
import { influenceTexts } from './texts/influence.ts';

/** `fct_influencer_value`. */
export interface InfluencerValue {
  author_id: string;
  clv: number | null;
  influence_value: number | null;
  civ_gross: number | null;
  civ_net: number | null;
  currency: string | null;
}

const columns = ['author_id', 'clv', 'influence_value', 'civ_gross', 'civ_net', 'currency'];
const shown = 10;

export async function readValues({
  from,
  rows,
}: Pick<NightTables, 'from' | 'rows'>): Promise<InfluencerValue[]> {
  const values = from('fct_influencer_value', columns, 'v');
  const authors = from('dim_authors', ['author_id', 'is_opted_out'], 'a');
  return rows<InfluencerValue>(
    `SELECT v.* FROM ${values} LEFT JOIN ${authors} USING (author_id)
     WHERE influence_value > 0 AND coalesce(is_opted_out, false) = false
     ORDER BY influence_value DESC, author_id LIMIT ${shown}`,
  );
}

/** What the influence of people is worth, in the purchases of those whom they move. */
export function influenceValue(paper: Paper, values: readonly InfluencerValue[]): Child {
  const { make, format, language } = paper;
  const texts = influenceTexts[language];
  const heading = make('h3', {}, texts.valueTitle);
  if (values.length === 0) return [heading, make('p', {}, prose(paper, texts.noValue))];
  const money = (row: InfluencerValue, amount: number | null) => format.money(amount, row.currency);
  return [
    heading,
    make('p', {}, texts.value),
    table(paper, {
      caption: texts.valueCaption,
      columns: [
        { head: texts.person },
        { head: texts.clv, isNumber: true },
        { head: texts.influenceValue, isNumber: true },
        { head: texts.gross, isNumber: true },
        { head: texts.net, isNumber: true },
      ],
      rows: values.map(row => [
        person(paper, row.author_id),
        money(row, row.clv),
        money(row, row.influence_value),
        money(row, row.civ_gross),
        money(row, row.civ_net),
      ]),
    }),
    sourceLine(paper, { table: 'fct_influencer_value' }),
    note(paper, texts.valueNote),
  ];
}
