import { addDays, daysWithin } from '../contracts/interval.ts';
import { readMoney } from '../contracts/money.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { Columns, Session } from '../engine/engine.ts';
import { nightBefore } from '../lake/nights.ts';
import type { RecruitmentInput, RecruitmentOutput } from '../methods/recruitment.ts';
import { armColumns, armsAfter, readArms } from './arms.ts';
import { type Bench, type EstimateOutline, type EstimateSettings, estimateStep } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import { type PanelUnits, smallestEffects } from './holdOutPower.ts';
import {
  armsOf,
  certificateColumns,
  certificateOf,
  nothingChosen,
  tablesOfChoice,
} from './plannedRecruits.ts';
import { idleQuotas, type Recruitable, type Recruits, recruitsOf } from './recruits.ts';
import type { World } from './world.ts';

const method = new URL('../methods/recruitment.ts', import.meta.url);
const otherMethods = ['hold-out', 'smallest-effect'].map(
  name => new URL(`../methods/${name}.ts`, import.meta.url),
);

/** All bounds of a night hold together with probability 1 − delta. */
const delta = 0.01;
/** Drawing ends when the plan is proved to reach this share of the best possible, or with so many sets in each pool. */
const targetRatio = 0.95;
const maxSets = 2 ** 22;

const shapes = {
  est_arms: {
    sentence: 'Who was ever drawn, and whether they are held out: what the next night keeps to.',
    grain: ['author_id'],
    checks: [],
  },
  est_recruits: {
    sentence: 'Who is asked, in which order, and who is held out.',
    grain: ['person_number'],
    checks: ['(plan_rank IS NULL) = is_held_out', 'marginal_reach >= 0 OR is_held_out'],
  },
  est_strategies: {
    sentence: 'What the plan and the obvious choices would reach.',
    grain: ['strategy_number'],
    checks: ['cost >= 0', 'lower_bound <= upper_bound'],
  },
  est_strategy_members: {
    sentence: 'Whom each strategy asks.',
    grain: ['strategy_number', 'person_number'],
    checks: ['strategy_number BETWEEN 0 AND 3'],
  },
  est_certificate: {
    sentence: 'How near the plan is proved to be to the best possible.',
    grain: ['sets'],
    checks: ['confidence BETWEEN 0 AND 1'],
  },
  est_smallest_effects: {
    sentence: 'The smallest effect that each design of a hold-out could show.',
    grain: ['design_number'],
    checks: ['(smallest_effect IS NULL) = (verdict_number <> 0)'],
  },
} satisfies EstimateShapes;

/** Chooses whom to ask within the budget, whom to hold out, and says what that could show. */
export async function planRecruitment(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const { night } = input;
  const last = await nightBefore(world.lake, night.campaign, night.interval.from);
  const before = last?.lineage.est_arms;
  const outlineOf = ({ campaign: { seed, recruitment, flight } }: EstimateSettings): EstimateOutline => ({
    stage: 'recruitment',
    step: 'plan',
    methods: [method, ...otherMethods],
    shapes,
    models: ['int_recruitable', 'int_panel_units'],
    reads: ['stg_spread_ties', 'stg_persons', 'stg_identities', 'dim_personas'],
    past: before === undefined ? {} : { 'est_arms of the night before': `${before.sha256} ${last!.as_of}` },
    parameters: {
      ...{ seed, delta, targetRatio, maxSets },
      recruitment: JSON.stringify(recruitment ?? null),
      flight: JSON.stringify(flight ?? null),
      as_of: addDays(night.interval.to, -1),
    },
  });
  return estimateStep(world, input, outlineOf, async bench => {
    const { session, campaign } = bench;
    const { flight } = campaign;
    await bench.lay();
    const rows = await session.rows<Recruitable>('SELECT * FROM int_recruitable ORDER BY person_number');
    const names = await personaNames(session);
    const drawnBefore = await readArms(world.lake, session, last);
    const recruits = recruitsOf(rows, campaign, names, drawnBefore.people);
    await session.fill(
      'est_arms',
      armColumns,
      armsAfter(drawnBefore, rows, recruits, addDays(night.interval.to, -1)),
    );
    const isNeeded = rows.length > 0;
    const chosen = isNeeded ? await choose(bench, recruits) : nothingChosen;
    if (isNeeded) bench.note(told(chosen, idleQuotas(rows, campaign, names)));
    for (const [table, columns] of Object.entries(tablesOfChoice(rows, recruits, chosen)))
      await session.load(table, columns);
    await session.fill('est_certificate', certificateColumns, isNeeded ? [certificateOf(chosen, delta)] : []);
    const panel = await session.columns(
      'SELECT arm, sales, sales_change FROM int_panel_units ORDER BY unit_number',
    );
    const effects = smallestEffects(
      armsOf(rows, recruits, chosen),
      panel as unknown as PanelUnits,
      flight === undefined ? Number.NaN : daysWithin({ from: flight.from, to: addDays(flight.to, 1) }).length,
    );
    await session.load('est_smallest_effects', isNeeded ? effects : withoutRows(effects));
  });
}

/** The choice, in a thread of its own. */
async function choose(
  { session, campaign: { seed, recruitment }, run }: Bench,
  recruits: Recruits,
): Promise<RecruitmentOutput> {
  const ties = await session.columns(
    'SELECT influencer_number, influenced_number, probability FROM stg_spread_ties ORDER BY influencer_number, influenced_number',
  );
  const people = await session.columns(
    'SELECT person_number, CAST(is_brand AS INTEGER) AS is_brand FROM stg_persons WHERE is_main ORDER BY person_number',
  );
  const numbers = people.person_number as Int32Array;
  // Everybody counts the same, but reaching the brand itself is worth nothing.
  const value = new Float64Array((numbers.at(-1) ?? -1) + 1);
  numbers.forEach((person, place) => {
    value[person] = people.is_brand![place] === 1 ? 0 : 1;
  });
  return run<RecruitmentInput, RecruitmentOutput>(
    'choosePeople',
    {
      seed,
      peopleCount: value.length,
      influencer: ties.influencer_number as Int32Array,
      influenced: ties.influenced_number as Int32Array,
      probability: ties.probability as Float64Array,
      ...recruits,
      budget: readMoney(recruitment!.budget).units,
      delta,
      targetRatio,
      maxSets,
      value,
    },
    [...buffersOf(ties), value.buffer as ArrayBuffer],
  );
}

/** Other names of each persona, by which the campaign file may set it a quota. */
async function personaNames(session: Session): Promise<Map<string, string[]>> {
  const rows = await session.rows<{ persona_id: string; name: string; name_fr: string }>(
    'SELECT persona_id, name, name_fr FROM dim_personas',
  );
  return new Map(rows.map(row => [row.persona_id, [row.name, row.name_fr]]));
}

function told({ plan, certificate: { ratio } }: RecruitmentOutput, idle: readonly string[]): string {
  const count = plan.candidate.length;
  return [
    count === 0
      ? 'nobody to ask'
      : `${count} to ask, at least ${Math.floor(100 * ratio)} % of the best possible`,
    ...idle.map(name => `the quota of "${name}" limits nobody`),
  ].join('; ');
}

function withoutRows(columns: Columns): Columns {
  return Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values.slice(0, 0)]));
}
