import { daysOf } from '../contracts/campaign.ts';
import type { Night } from '../contracts/night.ts';
import type { StepResult, Tables } from '../contracts/table.ts';
import type { PathEvents } from '../methods/attribution-paths.ts';
import type { CreditInput, Credits } from '../methods/credit.ts';
import { estimateStep } from './estimateStep.ts';
import { buffersOf, type EstimateShapes } from './estimates.ts';
import type { World } from './world.ts';

const shapes = {
  est_credits: {
    sentence: 'Orders of the flight divided among the people of the campaign whom their buyers met before.',
    grain: ['channel_number', 'method_number'],
    checks: ['orders > 0', 'value >= 0', 'method_number BETWEEN 1 AND 2'],
  },
  est_credit_findings: {
    sentence:
      'How many people the campaign works with, how many orders had somebody of the campaign before them, and how many meetings no order after them.',
    grain: ['channels'],
    checks: ['orders_with_path >= 0', 'paths_without_order >= 0'],
  },
} satisfies EstimateShapes;

const microsPerDay = 86_400_000_000;

/** Divides the flight's orders among the people met before them, in a thread of its own. */
export async function divideCredit(
  world: World,
  input: { night: Night; tables: Tables },
): Promise<StepResult> {
  return estimateStep(
    world,
    input,
    ({ campaign }) => ({
      stage: 'returns',
      step: 'credit',
      methods: [new URL('../methods/credit.ts', import.meta.url)],
      shapes,
      models: ['int_path_events', 'int_campaign_people'],
      parameters: { attribution: daysOf(campaign.window.attribution) },
    }),
    async ({ session, campaign, lay, run, note }) => {
      await lay();
      const [counted] = await session.rows<{ people: number }>(
        'SELECT count(*) AS people FROM int_campaign_people',
      );
      const events = await session.columns(
        'SELECT buyer_number, happened_micros, channel_number, value, is_flight FROM int_path_events ORDER BY event_number',
      );
      const found = await run<CreditInput, Credits>(
        'divideCredit',
        {
          events: {
            buyer: events.buyer_number,
            at: events.happened_micros,
            channel: events.channel_number,
            value: events.value,
            isFlight: events.is_flight,
          } as PathEvents,
          channels: counted!.people,
          window: daysOf(campaign.window.attribution) * microsPerDay,
        },
        buffersOf(events),
      );
      const { ordersWithPath, pathsWithoutOrder } = found;
      if (counted!.people > 0) note(`${ordersWithPath} orders after meeting people of the campaign`);
      await session.load('est_credits', found.credits);
      await session.load('est_credit_findings', {
        channels: Int32Array.of(counted!.people),
        orders_with_path: Int32Array.of(ordersWithPath),
        paths_without_order: Int32Array.of(pathsWithoutOrder),
      });
    },
  );
}
