import type { CampaignCost } from './campaign-cost.ts';
import { amountText, countText, numberText, sentenceOf } from './figures-in-words.ts';
import type { Money } from './judged-design.ts';
import { blankRow, type ReturnRow } from './return-rows.ts';

/** What codes and links say of the flight's sales, refunds off. */
export interface CodeReadings {
  /** Of buyers who had never bought before they met anybody of the campaign. */
  lowerValue: number;
  lowerOrders: number;
  /** All orders with a code of the campaign. */
  upperValue: number;
  upperOrders: number;
}

/** How much of the flight's orders credit could be divided over. */
export interface CreditReadings {
  orders: number;
  ordersWithPath: number;
  people: number;
}

/**
 * The row of codes and links: two readings instead of an interval. Not everybody who was moved uses a code, so they are the least
 * that the campaign touched; and some would have bought anyway, so they are the most that it caused among those who did use one.
 * Neither is set against the cost: what was bought without a code is not seen, and a ratio without it would pass for a loss.
 *
 * @param running what to say where the flight is not over; undefined where it is
 */
export function codesRow(
  readings: CodeReadings,
  { cost, currency }: Pick<Money, 'cost' | 'currency'>,
  running?: string,
): ReturnRow {
  const { lowerValue, lowerOrders, upperValue, upperOrders } = readings;
  const first = `${countText(upperOrders, 'order')} of the flight with a code of the campaign came to ${amountText(upperValue, currency)}, of which ${amountText(lowerValue, currency)} (${numberText(lowerOrders)}) of buyers who had never bought before`;
  return {
    ...blankRow('codes and links', 5),
    verdict: 'bounds',
    cost: knownCost(cost),
    incrementalLow: lowerValue,
    incrementalHigh: upperValue,
    reason: sentenceOf([
      running,
      first,
      'the campaign touched at least these sales, and of these it caused at most all: what was bought without a code is not seen',
    ]),
  };
}

/** The rows of multi-touch credit: who was met before the orders, which is no evidence that the meeting caused them. */
export function creditRows(
  { orders, ordersWithPath, people }: CreditReadings,
  running?: string,
): ReturnRow[] {
  const first = `${numberText(ordersWithPath)} of ${countText(orders, 'order')} of the flight came after the buyer had met somebody of the campaign, and are divided among ${countText(people, 'person', 'people')}`;
  const reason = sentenceOf([running, first, 'credit says who was met, not what was caused']);
  return ['markov credit', 'shapley credit'].map(method => ({
    ...blankRow(method, 6),
    verdict: 'credit' as const,
    reason,
  }));
}

/** A cost that has to be estimated belongs to the design that estimates it. */
function knownCost({ amount, isEstimated, fault }: CampaignCost): number {
  return isEstimated || (fault !== undefined && !(amount === 0)) ? Number.NaN : amount;
}
