import type { NightTables } from './nightTables.ts';
import { methodNames } from './texts/methods.ts';

/** `fct_returns`. */
export interface ReturnRow {
  method: string;
  incremental: number | null;
  incremental_low: number | null;
  incremental_high: number | null;
  cost: number | null;
  currency: string | null;
  roi: number | null;
  roi_low: number | null;
  roi_high: number | null;
  iroas: number | null;
  iroas_low: number | null;
  iroas_high: number | null;
  evidence_level: number | null;
  verdict: string;
  reason: string | null;
  confidence: number | null;
  may_decide: boolean | null;
  is_headline: boolean;
  agrees_with_headline: boolean | null;
  is_unbounded: boolean | null;
  /** Of the row `change`: sales beyond those of as many days before. */
  change: number | null;
  placebos: number | null;
  placebos_apart: number | null;
}

/** Whether the extra sales are known and only the margin is missing: the sales of each unit spent stand, the return does not. */
export function lacksMarginOnly({ verdict, reason, iroas }: ReturnRow): boolean {
  return verdict === 'cannot_tell' && iroas !== null && (reason ?? '').startsWith('No margin is known');
}

/** `fct_return_placebos`. */
export interface Placebo {
  method: string;
  kind: string;
  placebo: string;
  effect: number;
  effect_low: number | null;
  effect_high: number | null;
  is_apart: boolean | null;
}

/** `fct_return_days`. */
export interface ReturnDay {
  method: string;
  day: string;
  observed: number;
  expected: number;
  expected_low: number | null;
  expected_high: number | null;
  is_flight: boolean;
}

/** `fct_credits`, one row a person: what each way of crediting gives. */
export interface Credit {
  author_id: string;
  currency: string | null;
  codes: number | null;
  markov: number | null;
  shapley: number | null;
}

export interface Returns {
  methods: ReturnRow[];
  placebos: Placebo[];
  days: ReturnDay[];
  credits: Credit[];
}

const columns = [
  ...[
    'method',
    'incremental',
    'incremental_low',
    'incremental_high',
    'cost',
    'currency',
    'roi',
    'roi_low',
    'roi_high',
  ],
  ...['iroas', 'iroas_low', 'iroas_high', 'evidence_level', 'verdict', 'reason', 'confidence', 'may_decide'],
  ...['is_headline', 'agrees_with_headline', 'is_unbounded', 'change', 'placebos', 'placebos_apart'],
];
const placeboColumns = ['method', 'kind', 'placebo', 'effect', 'effect_low', 'effect_high', 'is_apart'];
const dayColumns = ['method', 'day', 'observed', 'expected', 'expected_low', 'expected_high', 'is_flight'];

/** Placebos that are drawn at most: the largest ones, where there are more. */
const placebosShown = 24;
const creditsShown = 10;

export async function readReturns({ from, rows }: NightTables): Promise<Returns> {
  const methods = (
    await rows<ReturnRow>(
      `SELECT * FROM ${from('fct_returns', columns)} ORDER BY evidence_level NULLS LAST, method`,
    )
  ).sort((a, b) => (a.evidence_level ?? 9) - (b.evidence_level ?? 9) || placeOf(a) - placeOf(b));
  // Shown against placebos is the headline, else the best method that has an estimate.
  const shown = methods.find(row => row.is_headline) ?? methods.find(row => row.incremental !== null);
  const placebos = await rows<Placebo>(
    `SELECT * FROM (
       SELECT *, row_number() OVER (PARTITION BY kind ORDER BY abs(effect) DESC NULLS LAST, placebo) AS place
       FROM ${from('fct_return_placebos', placeboColumns)} WHERE method = '${quoted(shown)}'
     ) WHERE place <= ${placebosShown} ORDER BY kind, effect DESC, placebo`,
  );
  // Hold-outs compare sums and know no days: day by day stands the best method that does.
  const daily = await rows<{ method: string }>(
    `SELECT DISTINCT method FROM ${from('fct_return_days', ['method'])}`,
  );
  const byDay = methods.find(
    row => row.verdict !== 'cannot_tell' && daily.some(({ method }) => method === row.method),
  );
  const days = await rows<ReturnDay>(
    `SELECT * REPLACE (CAST(day AS VARCHAR) AS day) FROM ${from('fct_return_days', dayColumns)}
     WHERE method = '${quoted(byDay)}' ORDER BY day`,
  );
  return { methods, placebos, days, credits: await readCredits({ from, rows }) };
}

/** Within a level the order of the methods is fixed. */
function placeOf({ method }: ReturnRow): number {
  return Object.keys(methodNames.en).indexOf(method);
}

function quoted(row: ReturnRow | undefined): string {
  return (row?.method ?? '').replaceAll("'", "''");
}

async function readCredits({ from, rows }: NightTables): Promise<Credit[]> {
  const credits = from('fct_credits', ['author_id', 'method', 'value', 'currency'], 'c');
  const authors = from('dim_authors', ['author_id', 'is_opted_out'], 'a');
  const value = (method: string) => `max(value) FILTER (WHERE method = '${method}') AS ${method}`;
  return rows<Credit>(
    `SELECT author_id, max(currency) AS currency, ${value('codes')}, ${value('markov')}, ${value('shapley')}
     FROM ${credits} LEFT JOIN ${authors} USING (author_id)
     WHERE author_id IS NOT NULL AND coalesce(is_opted_out, false) = false
     GROUP BY author_id
     ORDER BY greatest(coalesce(codes, 0), coalesce(markov, 0), coalesce(shapley, 0)) DESC, author_id
     LIMIT ${creditsShown}`,
  );
}
