import { type Campaign, currencyOf } from '../contracts/campaign.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { Session } from '../engine/engine.ts';
import type { ToldCost } from '../methods/campaign-cost.ts';
import type { PanelRows } from '../methods/panel-rows.ts';
import type { CodeReadings, CreditReadings } from '../methods/reading-rows.ts';
import type { PersonOutcomes, Returns, ReturnsInput } from '../methods/returns.ts';
import { type EstimateOutline, estimateStep } from './estimateStep.ts';
import { fillReturns, returnShapes } from './returnTables.ts';
import type { World } from './world.ts';

const method = new URL('../methods/returns.ts', import.meta.url);

const confidence = 0.95;

/** Estimates what the campaign returned, by every design whose inputs are there, in a thread of its own. */
export async function estimateReturns(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const nextDay = dayNumber(input.night.interval.to);
  const outlineOf = ({ campaign }: { campaign: Campaign }): EstimateOutline => {
    const { flight, margin, ...settings } = termsOf(campaign);
    return {
      stage: 'returns',
      step: 'designs',
      methods: [method],
      shapes: returnShapes,
      models: [
        ...[
          'int_return_days',
          'int_return_units',
          'int_return_span',
          'int_return_costs',
          'int_return_refusals',
        ],
        ...['stg_person_outcomes', 'stg_code_readings', 'stg_credit_readings'],
      ],
      parameters: {
        ...{ confidence, nextDay },
        ...{ flight: JSON.stringify(flight ?? null), margin: Number.isNaN(margin) ? null : margin },
        ...{ ...settings, currency: settings.currency ?? null },
      },
    };
  };
  return estimateStep(world, input, outlineOf, async ({ session, campaign, lay, run, note }) => {
    await lay();
    const { hasPanel, hasCosts, ...terms } = termsOf(campaign);
    const told = await costsIn(session);
    const found = await run<ReturnsInput, Returns>('estimateReturns', {
      ...terms,
      ...{ nextDay, confidence },
      panel: hasPanel ? await panelIn(session) : undefined,
      people: await peopleIn(session),
      codes: await codesIn(session),
      credit: await creditIn(session),
      costs: hasCosts ? (told.get('costs') ?? nothing) : undefined,
      ledger: told.get('ledger'),
    });
    const { verdict } = found.answer;
    const headline = found.rows.find(row => row.isHeadline);
    if (verdict !== undefined) note(headline === undefined ? verdict : `${verdict} by ${headline.method}`);
    await fillReturns(session, found);
  });
}

/** What the campaign file says that returns depend on. */
function termsOf(campaign: Campaign) {
  const { flight, panel, costs, orders, seed } = campaign;
  return {
    flight: flight && {
      preFrom: dayNumber(flight.pre_from),
      preTo: dayNumber(flight.pre_to),
      from: dayNumber(flight.from),
      to: dayNumber(flight.to),
    },
    isRandom: panel?.assignment === 'random',
    margin: panel?.margin ?? orders?.margin ?? Number.NaN,
    currency: currencyOf(campaign),
    hasPanel: panel !== undefined,
    hasCosts: costs !== undefined,
    seed,
  };
}

/** Days since 1970-01-01. */
function dayNumber(day: string): number {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

async function panelIn(session: Session): Promise<PanelRows> {
  const days = await session.columns(
    'SELECT unit_number, day_number, sales, cost FROM int_return_days ORDER BY unit_number, day_number',
  );
  const units = await session.rows<{ unit: string; treated_days: number; control_days: number }>(
    'SELECT unit, treated_days, control_days FROM int_return_units ORDER BY unit_number',
  );
  const [span] = await session.rows<{ first_day: string | null; last_day: string | null }>(
    'SELECT first_day, last_day FROM int_return_span',
  );
  const { first_day: first, last_day: last } = span!;
  const [unread] = await session.rows<{ refused: number; first_reason: string | null }>(
    'SELECT refused, first_reason FROM int_return_refusals',
  );
  return {
    unit: days.unit_number as Int32Array,
    day: days.day_number as Int32Array,
    sales: days.sales as Float64Array,
    cost: days.cost as Float64Array,
    units: units.map(unit => ({
      name: unit.unit,
      treatedDays: unit.treated_days,
      controlDays: unit.control_days,
    })),
    span: first === null || last === null ? undefined : { first: dayNumber(first), last: dayNumber(last) },
    refused: unread!.refused === 0 ? undefined : { rows: unread!.refused, first: unread!.first_reason ?? '' },
  };
}

async function peopleIn(session: Session): Promise<PersonOutcomes> {
  const people = await session.columns(
    `SELECT arm, CAST(before AS DOUBLE) AS before, CAST(during AS DOUBLE) AS during
     FROM stg_person_outcomes ORDER BY person_number`,
  );
  return people as unknown as PersonOutcomes;
}

async function codesIn(session: Session): Promise<CodeReadings | undefined> {
  const [readings] = await session.rows<CodeReadings>(
    `SELECT CAST(lower_value AS DOUBLE) AS "lowerValue", CAST(upper_value AS DOUBLE) AS "upperValue",
       lower_orders AS "lowerOrders", upper_orders AS "upperOrders" FROM stg_code_readings`,
  );
  return readings;
}

async function creditIn(session: Session): Promise<CreditReadings | undefined> {
  const [readings] = await session.rows<CreditReadings>(
    'SELECT orders, orders_with_path AS "ordersWithPath", people FROM stg_credit_readings',
  );
  return readings;
}

const nothing: ToldCost = { amount: 0, afterFlight: 0, incentives: 0, withoutRate: 0, refused: 0 };

async function costsIn(session: Session): Promise<Map<string, ToldCost>> {
  const rows = await session.rows<{
    told_in: string;
    amount: number;
    after_flight: number;
    incentives: number;
    without_rate: number;
    refused: number;
  }>('SELECT told_in, amount, after_flight, incentives, without_rate, refused FROM int_return_costs');
  return new Map(
    rows.map(row => [
      row.told_in,
      {
        amount: row.amount,
        afterFlight: row.after_flight,
        incentives: row.incentives,
        withoutRate: row.without_rate,
        refused: row.refused,
      },
    ]),
  );
}
