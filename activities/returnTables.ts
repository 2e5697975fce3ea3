import type { ColumnType, Scalar, Session } from '../engine/engine.ts';
import { dayText } from '../methods/panel-rows.ts';
import type { ReturnRow } from '../methods/return-rows.ts';
import type { Returns } from '../methods/returns.ts';
import type { EstimateShapes } from './estimates.ts';

type Cell<Row> = readonly [name: string, type: ColumnType, value: (row: Row) => Scalar | undefined];

// What DECIMAL(18,4) can't hold stays unknown; the row's reason says so.
const money = (value: number) => (Math.abs(value) < 1e14 ? Math.round(value * 1e4) / 1e4 : null);
const known = (value: number) => (Number.isFinite(value) ? value : null);

const returnCells: Cell<ReturnRow>[] = [
  ['method', 'VARCHAR', row => row.method],
  ['incremental', 'DECIMAL(18,4)', row => money(row.incremental)],
  ['incremental_low', 'DECIMAL(18,4)', row => money(row.incrementalLow)],
  ['incremental_high', 'DECIMAL(18,4)', row => money(row.incrementalHigh)],
  ['cost', 'DECIMAL(18,4)', row => money(row.cost)],
  ['roi', 'DOUBLE', row => known(row.roi)],
  ['roi_low', 'DOUBLE', row => known(row.roiLow)],
  ['roi_high', 'DOUBLE', row => known(row.roiHigh)],
  ['iroas', 'DOUBLE', row => known(row.iroas)],
  ['iroas_low', 'DOUBLE', row => known(row.iroasLow)],
  ['iroas_high', 'DOUBLE', row => known(row.iroasHigh)],
  ['evidence_level', 'INTEGER', row => known(row.level)],
  ['verdict', 'VARCHAR', row => row.verdict],
  ['reason', 'VARCHAR', row => row.reason],
  ['standard_error', 'DOUBLE', row => known(row.standardError)],
  ['freedom', 'DOUBLE', row => known(row.freedom)],
  ['confidence', 'DOUBLE', row => known(row.confidence)],
  ['may_decide', 'BOOLEAN', row => row.mayDecide],
  ['is_headline', 'BOOLEAN', row => row.isHeadline],
  ['agrees_with_headline', 'BOOLEAN', row => row.agrees],
  ['is_unbounded', 'BOOLEAN', row => row.isUnbounded],
  ['units_treated', 'INTEGER', row => known(row.treated)],
  ['units_control', 'INTEGER', row => known(row.control)],
  ['days_before', 'INTEGER', row => known(row.daysBefore)],
  ['days_of_flight', 'INTEGER', row => known(row.daysOfFlight)],
  ['smallest_effect', 'DECIMAL(18,4)', row => money(row.smallestEffect)],
  ['change', 'DECIMAL(18,4)', row => money(row.change)],
  ['placebos', 'INTEGER', row => known(row.placebos)],
  ['placebos_apart', 'INTEGER', row => known(row.placebosApart)],
];

const placeboCells: Cell<Returns['placebos'][number]>[] = [
  ['method', 'VARCHAR', row => row.method],
  ['kind', 'VARCHAR', row => row.kind],
  ['placebo', 'VARCHAR', row => row.placebo],
  ['effect', 'DECIMAL(18,4)', row => money(row.effect)],
  ['effect_low', 'DECIMAL(18,4)', row => money(row.low)],
  ['effect_high', 'DECIMAL(18,4)', row => money(row.high)],
];

const dayCells: Cell<Returns['days'][number]>[] = [
  ['method', 'VARCHAR', row => row.method],
  ['day', 'DATE', row => dayText(row.day)],
  ['observed', 'DECIMAL(18,4)', row => money(row.observed)],
  ['expected', 'DECIMAL(18,4)', row => money(row.expected)],
  ['expected_low', 'DECIMAL(18,4)', row => money(row.low)],
  ['expected_high', 'DECIMAL(18,4)', row => money(row.high)],
  ['is_flight', 'BOOLEAN', row => row.isFlight],
];

const answerCells: Cell<Returns['answer']>[] = [
  ['verdict', 'VARCHAR', row => row.verdict],
  ['reason', 'VARCHAR', row => row.reason],
];

export const returnShapes = {
  est_returns: {
    sentence: 'What the campaign returned, a row for each way to tell it.',
    grain: ['method'],
    checks: ['length(reason) > 0'],
  },
  est_return_placebos: {
    sentence: 'What the same methods find where nothing happened.',
    grain: ['method', 'kind', 'placebo'],
    checks: ['effect_low <= effect_high'],
  },
  est_return_days: {
    sentence: 'Sales by day as they were and as they would have been.',
    grain: ['method', 'day'],
    checks: ['observed IS NOT NULL AND expected IS NOT NULL'],
  },
  est_return_answer: {
    sentence: 'The verdict on the return, in one word and one sentence: one row.',
    grain: ['reason'],
    checks: ['length(reason) > 0'],
  },
} satisfies EstimateShapes;

/** Puts what came out of the estimation into the tables of `returnShapes`. */
export async function fillReturns(session: Session, found: Returns): Promise<void> {
  await fill(session, 'est_returns', returnCells, found.rows);
  await fill(session, 'est_return_placebos', placeboCells, found.placebos);
  await fill(session, 'est_return_days', dayCells, found.days);
  await fill(session, 'est_return_answer', answerCells, [found.answer]);
}

function fill<Row>(session: Session, table: keyof typeof returnShapes, cells: Cell<Row>[], rows: Row[]) {
  return session.fill(
    table,
    Object.fromEntries(cells.map(([name, type]) => [name, type])),
    rows.map(row => cells.map(([, , value]) => value(row) ?? null)),
  );
}
