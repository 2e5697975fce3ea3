import { campaignCost, type ToldCost } from './campaign-cost.ts';
import { countText } from './figures-in-words.ts';
import { answerOf, type ReturnAnswer, withHeadline } from './headline.ts';
import { groundOf, judgedRow, type Money, refusedRow } from './judged-design.ts';
import type { Panel, PanelEstimate } from './panel.ts';
import { dayText, type FlightDays, type LaidPanel, layPanel, type PanelRows } from './panel-rows.ts';
import { type CodeReadings, type CreditReadings, codesRow, creditRows } from './reading-rows.ts';
import { changeRow } from './return-change.ts';
import { peopleDesigns, type ReturnDesign, unitDesigns } from './return-designs.ts';
import type { ReturnRow } from './return-rows.ts';

/** People drawn into arms, with what their customers bought before and during the flight. */
export interface PersonOutcomes {
  /** 1 who may be asked, 0 held out. */
  arm: Int32Array;
  before: Float64Array;
  during: Float64Array;
}

export interface ReturnsInput {
  /** Undefined where the campaign names none. */
  flight: FlightDays | undefined;
  /** The first day that is not known yet. */
  nextDay: number;
  /** Undefined where the campaign has no panel. */
  panel: PanelRows | undefined;
  /** Whether lots decided which units were treated. */
  isRandom: boolean;
  people: PersonOutcomes;
  /** Undefined where there are no orders or no codes. */
  codes: CodeReadings | undefined;
  /** Undefined where the campaign works with nobody, or nothing was ordered. */
  credit: CreditReadings | undefined;
  /** Undefined where the campaign has no sheet of costs. */
  costs: ToldCost | undefined;
  ledger: ToldCost | undefined;
  /** NaN where it is not known. */
  margin: number;
  currency: string | undefined;
  confidence: number;
  seed: number;
}

/** A run in which nothing happened, labelled by its first day or its unit. */
export interface ReturnPlacebo {
  method: string;
  kind: 'time' | 'unit';
  placebo: string;
  effect: number;
  low: number;
  high: number;
}

export interface ReturnDay {
  method: string;
  day: number;
  observed: number;
  expected: number;
  low: number;
  high: number;
  isFlight: boolean;
}

export interface Returns {
  rows: ReturnRow[];
  placebos: ReturnPlacebo[];
  days: ReturnDay[];
  answer: ReturnAnswer;
}

/** What the campaign returned, by every design whose inputs are there, with the headline marked. */
export function estimateReturns(input: ReturnsInput): Returns {
  const { flight } = input;
  const found: Found = { rows: [], placebos: [], days: [] };
  if (flight === undefined) return { ...found, answer: answerOf([], false) };
  const laid = input.panel === undefined ? undefined : layPanel(input.panel, flight, input.nextDay);
  const ground = laid?.isWhole ? { shape: laid.panel, cost: laid.cost } : undefined;
  const cost = campaignCost(input.costs, input.ledger, ground, input.currency);
  const notes = laid === undefined || laid.quietDays === 0 ? [] : [quiet(laid.quietDays)];
  const money = { cost, margin: input.margin, currency: input.currency, notes };
  for (const design of unitDesigns) if (laid !== undefined) addUnits(found, design, laid, money, input);
  for (const design of peopleDesigns)
    if (input.people.arm.length > 0) addPeople(found, design, money, flight, input);
  const running =
    input.nextDay <= flight.to ? `so far, as the flight runs until ${dayText(flight.to)}` : undefined;
  if (input.codes !== undefined) found.rows.push(codesRow(input.codes, money, running));
  if (input.credit !== undefined) found.rows.push(...creditRows(input.credit, running));
  if (laid !== undefined) found.rows.push(changeRow(laid, input.currency));
  found.rows.sort((a, b) => order(a) - order(b));
  const rows = withHeadline(found.rows);
  return { ...found, rows, answer: answerOf(rows, true) };
}

const quiet = (days: number) =>
  `${countText(days, 'unit-day')} without a row ${days === 1 ? 'counts as a day' : 'count as days'} without a sale`;

type Found = Omit<Returns, 'answer'>;

const order = (row: ReturnRow) => {
  const place = [...unitDesigns, ...peopleDesigns].findIndex(design => design.method === row.method);
  return (Number.isNaN(row.level) ? 7 : row.level) * 100 + place;
};

function addUnits(
  found: Found,
  design: ReturnDesign,
  laid: LaidPanel,
  money: Money,
  { isRandom, panel, confidence, seed }: ReturnsInput,
): void {
  const ground = groundOf(laid.panel);
  if (laid.fault !== undefined) {
    found.rows.push(refusedRow(design, ground, 'panel', laid.fault, money));
    return;
  }
  if (design.needsLot && !isRandom) {
    const why =
      'the treated units were chosen, so the difference of the groups may be that of the choice: only lots make it the campaign’s (if lots decided, say `panel.assignment: random`)';
    found.rows.push(refusedRow(design, ground, 'assignment', why, money));
    return;
  }
  const options = { confidence, seed };
  const estimate = design.estimator(laid.panel, options);
  const spent = money.cost.isEstimated
    ? design.estimator({ ...laid.panel, outcome: laid.cost }, options)
    : undefined;
  found.rows.push(judgedRow(design, ground, estimate, money, spent, confidence));
  found.placebos.push(...placebosOf(design.method, estimate, laid, panel!));
  found.days.push(...daysOf(design.method, estimate, laid));
}

/** People are units with two periods, the days before and the flight. */
function addPeople(
  found: Found,
  design: ReturnDesign,
  money: Money,
  flight: FlightDays,
  { people, nextDay, confidence, seed }: ReturnsInput,
): void {
  const outcome = new Float64Array(people.arm.length * 2);
  people.arm.forEach((_, person) => {
    outcome[person * 2] = people.before[person]!;
    outcome[person * 2 + 1] = people.during[person]!;
  });
  const panel: Panel = {
    units: people.arm.length,
    periods: 2,
    before: 1,
    outcome,
    treated: Uint8Array.from(people.arm),
  };
  const ground = {
    ...groundOf(panel),
    daysBefore: flight.preTo - flight.preFrom + 1,
    daysOfFlight: flight.to - flight.from + 1,
  };
  if (nextDay <= flight.to) {
    const why = 'the flight is not over: what it returned is told once its last day is over';
    found.rows.push(refusedRow(design, ground, 'panel', why, money));
    return;
  }
  const cost = money.cost.isEstimated
    ? { ...money.cost, fault: 'what the campaign cost is known by place only: give `costs`' }
    : money.cost;
  const estimate = design.estimator(panel, { confidence, seed, hasUnitPlacebos: false });
  found.rows.push(judgedRow(design, ground, estimate, { ...money, cost, notes: [] }, undefined, confidence));
}

function placebosOf(
  method: string,
  { placebos }: PanelEstimate,
  { days }: LaidPanel,
  { units }: PanelRows,
): ReturnPlacebo[] {
  return placebos.map(({ kind, label, total, low, high }) => ({
    method,
    kind,
    placebo: kind === 'time' ? dayText(days[label]!) : units[label]!.name,
    effect: total,
    low,
    high,
  }));
}

function daysOf(method: string, { path }: PanelEstimate, { days, panel }: LaidPanel): ReturnDay[] {
  if (path === undefined) return [];
  return Array.from(days, (day, period) => ({
    method,
    day,
    observed: path.observed[period]!,
    expected: path.expected[period]!,
    low: path.low[period]!,
    high: path.high[period]!,
    isFlight: period >= panel.before,
  }));
}
