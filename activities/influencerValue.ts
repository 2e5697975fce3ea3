import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { InfluenceValue, InfluenceValueInput } from '../methods/customer-influence-value.ts';
import { type EstimateOutline, estimateStep } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import type { World } from './world.ts';

const method = new URL('../methods/customer-influence-value.ts', import.meta.url);

const shapes = {
  est_influence_value: {
    sentence:
      "What each person's influence is worth, gross, net and stacked; brand and opted-out people included.",
    grain: ['person_number'],
    checks: ['moved_known <= moved_people', '(civ_gross IS NULL) = (civ_net IS NULL)'],
  },
  est_value_findings: {
    sentence:
      'How many people are known customers, and why influence could not be stacked; NULL where it could.',
    grain: [],
    checks: [],
  },
} satisfies EstimateShapes;

/** Says what the influence of everybody on customers is worth; empty where no customer's value is known. */
export async function valueInfluence(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  const outline: EstimateOutline = {
    stage: 'returns',
    step: 'value',
    methods: [method],
    shapes,
    models: ['int_valued_people', 'int_person_clv', 'int_value_shares'],
  };
  return estimateStep(world, input, outline, async ({ session, lay, run, note }) => {
    await lay();
    const people = await session.columns(
      `SELECT p.person_number, CAST(c.clv AS DOUBLE) AS clv
       FROM int_valued_people p LEFT JOIN int_person_clv c ON c.person_key = p.person_key ORDER BY p.person_number`,
    );
    const clv = people.clv as Float64Array;
    const customers = clv.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
    const isKnown = customers > 0;
    const owed = await session.columns(
      `SELECT influencer_number, influenced_number, share FROM int_value_shares
       WHERE ${isKnown} ORDER BY influencer_number, influenced_number`,
    );
    const value = await run<InfluenceValueInput, InfluenceValue>(
      'customerInfluenceValue',
      {
        n: isKnown ? clv.length : 0,
        clv: isKnown ? clv : new Float64Array(),
        influencer: owed.influencer_number as Int32Array,
        influenced: owed.influenced_number as Int32Array,
        share: owed.share as Float64Array,
      },
      buffersOf(owed),
    );
    await session.load('est_influence_value', {
      person_number: (people.person_number as Int32Array).slice(0, value.net.length),
      influence_value: value.influenceValue,
      civ_gross: value.gross,
      civ_net: value.net,
      civ_stacked: value.stacked,
      moved_people: value.movedPeople,
      moved_known: value.movedKnown,
    });
    await session.fill('est_value_findings', { known_customers: 'INTEGER', stacked_refusal: 'VARCHAR' }, [
      [customers, value.stackedRefusal ?? null],
    ]);
    if (isKnown) note(`${customers} people are known customers`);
  });
}
