import { attributionPaths, type PathEvents } from './attribution-paths.ts';
import type { Credit } from './channel-paths.ts';
import { markovRemoval } from './markov-removal.ts';
import { shapleyCredit } from './shapley-credit.ts';

export interface CreditInput {
  events: PathEvents;
  channels: number;
  /** In the unit of the events' time. */
  window: number;
}

/** Orders divided among the people met before them, one row a person and method; how many paths there were. */
export interface Credits {
  credits: {
    channel_number: Int32Array;
    /** 1 Markov, 2 Shapley. */
    method_number: Int32Array;
    orders: Float64Array;
    value: Float64Array;
  };
  ordersWithPath: number;
  pathsWithoutOrder: number;
}

/** Credit by Markov removal and by Shapley's value; people who get none by a method have no row there. */
export function divideCredit({ events, channels, window }: CreditInput): Credits {
  const paths = attributionPaths(events, { channels, window });
  const rows = [markovRemoval(paths), shapleyCredit(paths)].flatMap((credit: Credit, method) =>
    Array.from(credit.orders, (orders, channel) => ({
      channel,
      method: method + 1,
      orders,
      value: credit.value[channel]!,
    })).filter(row => row.orders > 0),
  );
  const ordersWithPath = paths.orders.reduce((sum, orders) => sum + orders, 0);
  return {
    credits: {
      channel_number: Int32Array.from(rows, row => row.channel),
      method_number: Int32Array.from(rows, row => row.method),
      orders: Float64Array.from(rows, row => row.orders),
      value: Float64Array.from(rows, row => row.value),
    },
    ordersWithPath,
    pathsWithoutOrder: paths.orders.length - ordersWithPath,
  };
}
