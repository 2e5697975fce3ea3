import type { Campaign } from '../contracts/campaign.ts';
import { FatalError } from '../contracts/errors.ts';
import { readMoney, smallestPayment } from '../contracts/money.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import { type Columns, quoteText, type Session } from '../engine/engine.ts';
import type { Manifest } from '../lake/nights.ts';
import { type AppendedColumns, type LedgerInput, limits, states } from '../methods/ledger.ts';
import { checkNames, earlierLedger, ledgerOf, none } from './earlierLedger.ts';
import { type EstimateOutline, type EstimateSettings, estimateStep, makingOf } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import { attachTables } from './modelPlan.ts';
import type { World } from './world.ts';

const method = new URL('../methods/ledger.ts', import.meta.url);
const earlier = 'est_earlier_entries';

const shapes = {
  est_ledger: {
    sentence: 'The ledger of incentives: the entries of the nights before and those of tonight, in order.',
    grain: ['entry_number'],
    checks: ['entry_id IS NOT NULL', "(state = 'reversed') = (reverses IS NOT NULL)"],
  },
} satisfies EstimateShapes;

const columnsOfLedger = {
  entry_number: 'INTEGER',
  entry_id: 'VARCHAR',
  event_kind: 'VARCHAR',
  event_id: 'VARCHAR',
  rule: 'VARCHAR',
  kind: 'VARCHAR',
  author_id: 'VARCHAR',
  state: 'VARCHAR',
  limited_by: 'VARCHAR',
  due: 'DECIMAL(18,4)',
  amount: 'DECIMAL(18,4)',
  currency: 'VARCHAR',
  occurred_at: 'TIMESTAMP',
  entered_on: 'DATE',
  reverses: 'VARCHAR',
} as const;

/** Goes on with the ledger of the night before: what was earned, cut, refused and taken back since. */
export async function keepLedger(world: World, input: { night: Night; tables: Tables }): Promise<StepResult> {
  const { night, tables } = input;
  let before: Manifest | undefined;
  const outlineOf = async ({ campaign, parameters }: EstimateSettings) => {
    const outlineFrom = (ledger: string): EstimateOutline => ({
      stage: 'incentives',
      step: 'ledger',
      methods: [method],
      shapes,
      models: ['int_ledger_events'],
      loads: [earlier],
      past: { [earlier]: ledger },
      parameters: {
        incentives: JSON.stringify(campaign.incentives ?? null),
        as_of: parameters.as_of![1],
      },
    });
    before = await earlierLedger(
      world.lake,
      night,
      async ledger => (await makingOf(tables, outlineFrom(ledger), parameters)).making,
    );
    if (before !== undefined) await checkNames(world.lake, before, tables);
    return outlineFrom(ledgerOf(before)?.sha256 ?? none);
  };
  return estimateStep(world, input, outlineOf, async ({ session, campaign, lay, run, note }) => {
    const ledger = ledgerOf(before);
    if (ledger === undefined) await session.fill(earlier, columnsOfLedger, []);
    else await attachTables(world.lake, session, { [earlier]: ledger }, [earlier]);
    await lay();
    const asked = await inputOf(session, campaign);
    const transfer = [asked.entered, asked.events].flatMap(columns => buffersOf({ ...columns }));
    const appended = await run<LedgerInput, AppendedColumns>('enterEvents', asked, transfer);
    await session.load('appended', { ...appended });
    await session.define('est_ledger', ledgerSelect(campaign));
    note(`${appended.event.length} entries appended to ${ledger?.rows ?? 0}`);
  });
}

/** Rules, earlier entries and tonight's events as numbers. */
async function inputOf(session: Session, { incentives }: Campaign): Promise<LedgerInput> {
  const budget = incentives === undefined ? undefined : readMoney(incentives.budget);
  await checkCurrency(session, budget?.currency);
  const earns = incentives?.earns ?? [];
  const money = (list: (string | undefined)[]) =>
    Float64Array.from(list, text => (text === undefined ? Number.NaN : readMoney(text).units));
  const [counted] = await session.rows<{ rewards: number }>('SELECT count(*) AS rewards FROM int_rewards');
  const entered = await session.columns(
    `SELECT r.reward_number AS reward, r.person_number AS person, r.rule_number AS rule,
       ${numberOf('e.state', states)} AS state, ${unitsOf('e.amount')} AS amount
     FROM ${earlier} e
     JOIN int_rewards r ON r.event_kind = e.event_kind AND r.event_id = e.event_id AND r.rule = e.rule
     ORDER BY e.entry_number`,
  );
  const events = await session.columns(
    `SELECT reward_number AS reward, person_number AS person, rule_number AS rule, is_reversal AS "isReversal",
       value_units AS value, part_units AS part, whole_units AS whole
     FROM int_ledger_events ORDER BY event_number`,
  );
  return {
    budget: budget?.units ?? 0,
    personCap:
      incentives?.cap_per_person === undefined ? Infinity : readMoney(incentives.cap_per_person).units,
    smallest: budget === undefined ? 1 : smallestPayment(budget.currency),
    rules: {
      amount: money(earns.map(({ amount }) => amount)),
      rate: Float64Array.from(earns, ({ rate }) => rate ?? Number.NaN),
      cap: money(earns.map(({ cap }) => cap)),
    },
    rewards: counted!.rewards,
    // A person's number lies below the count of rewards.
    persons: counted!.rewards,
    entered: entered as Columns & LedgerInput['entered'],
    events: events as Columns & LedgerInput['events'],
  };
}

/** The ledger whole: as it was, and what tonight appends to it. */
function ledgerSelect({ campaign, incentives }: Campaign): string {
  const currency = incentives === undefined ? 'NULL' : quoteText(readMoney(incentives.budget).currency);
  const names = Object.keys(columnsOfLedger).join(', ');
  const idOf = (turn: string) =>
    `substr(sha256(to_json([${quoteText(campaign)}, r.event_kind, r.event_id, r.rule, CAST(${turn} AS VARCHAR)])), 1, 32)`;
  const casts = Object.entries(columnsOfLedger).map(([name, type]) => `CAST(${name} AS ${type}) AS ${name}`);
  return `
    SELECT ${names} FROM ${earlier}
    UNION ALL
    SELECT ${casts.join(', ')} FROM (
      SELECT
        (SELECT coalesce(max(entry_number), 0) FROM ${earlier}) + row_number() OVER (ORDER BY a.event, a.turn) AS entry_number,
        ${idOf('a.turn')} AS entry_id,
        r.event_kind, r.event_id, r.rule, r.kind, r.author_id,
        ${textOf('a.state', states)} AS state,
        nullif(${textOf('a.limit', limits)}, 'none') AS limited_by,
        ${moneyOf('a.due')} AS due,
        ${moneyOf('a.amount')} AS amount,
        coalesce(${currency}, g.currency) AS currency,
        v.occurred_at,
        params.as_of AS entered_on,
        CASE WHEN a.turn > 0 THEN ${idOf('0')} END AS reverses
      FROM appended a
      JOIN int_ledger_events v ON v.event_number = a.event
      JOIN int_rewards r ON r.reward_number = v.reward_number
      LEFT JOIN (SELECT min(currency) AS currency FROM ${earlier}) g ON TRUE
      CROSS JOIN params
    )`;
}

/** One ledger holds one currency: sums across two would mean nothing. */
async function checkCurrency(session: Session, currency: string | undefined): Promise<void> {
  if (currency === undefined) return;
  const others = await session.rows<{ currency: string }>(
    `SELECT DISTINCT currency FROM ${earlier} WHERE currency <> ${quoteText(currency)}`,
  );
  if (others.length === 0) return;
  throw new FatalError(
    `the ledger of incentives is kept in ${others[0]!.currency}, and incentives.budget is now in ${currency}`,
    { next: 'give the budget in the currency of the ledger, or go on under another name of the campaign' },
  );
}

const unitsOf = (amount: string) => `CAST(CAST(round(${amount} * 10000) AS BIGINT) AS DOUBLE)`;
const moneyOf = (units: string) =>
  `CAST(CAST(${units} AS BIGINT) AS DECIMAL(18, 0)) * CAST(0.0001 AS DECIMAL(5, 4))`;
const textOf = (column: string, names: Record<string, number>) =>
  `CASE ${column} ${Object.entries(names)
    .map(([name, number]) => `WHEN ${number} THEN ${quoteText(name)}`)
    .join(' ')} END`;
const numberOf = (column: string, names: Record<string, number>) =>
  `CASE ${column} ${Object.entries(names)
    .map(([name, number]) => `WHEN ${quoteText(name)} THEN ${number}`)
    .join(' ')} END`;
