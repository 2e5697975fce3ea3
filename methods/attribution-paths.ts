import type { ChannelPaths } from './channel-paths.ts';

/** What happened to buyers, sorted by buyer and time; whom they met comes before what they bought at the same moment. */
export interface PathEvents {
  buyer: Int32Array;
  /** In any unit that the window is given in. */
  at: Float64Array;
  /** Whom they met; −1 where they bought. */
  channel: Int32Array;
  /** Of the order. */
  value: Float64Array;
  /** 1 within the flight. */
  isFlight: Int32Array;
}

/** A path keeps its last so many meetings: longer ones are those of many people behind one name. */
export const longestPath = 100;

/**
 * The paths to orders: for each order whom its buyer met within the window before it (ends included); and for each buyer without an
 * order whom they met within the flight, a path to no order. Meeting the same one twice in a row is meeting them once, which changes
 * neither removal effects nor Shapley values; orders without a meeting have no path.
 *
 * Time O(events + orders · longestPath).
 */
export function attributionPaths(
  { buyer, at, channel, value, isFlight }: PathEvents,
  { channels, window }: { channels: number; window: number },
): ChannelPaths {
  const start = [0];
  const steps: number[] = [];
  const orders: number[] = [];
  const values: number[] = [];
  const add = (met: readonly number[], order: number, worth: number) => {
    if (met.length === 0) return;
    steps.push(...met);
    start.push(steps.length);
    orders.push(order);
    values.push(worth);
  };
  // Whom the buyer met, without repeats in a row, and the last event of each.
  let met: number[] = [];
  let last: number[] = [];
  let buys = false;
  const metSince = (counts: (event: number) => boolean): number[] => {
    let first = met.length;
    const fewest = Math.max(0, met.length - longestPath);
    while (first > fewest && counts(last[first - 1]!)) first--;
    return met.slice(first);
  };
  for (let event = 0; event < buyer.length; event++) {
    const one = channel[event]!;
    if (one === -1) {
      buys = true;
      add(
        metSince(touch => at[event]! - at[touch]! <= window),
        1,
        value[event]!,
      );
    } else if (one === met.at(-1)) last[last.length - 1] = event;
    else {
      met.push(one);
      last.push(event);
    }
    if (buyer[event + 1] === buyer[event]) continue;
    if (!buys)
      add(
        metSince(touch => isFlight[touch] === 1),
        0,
        0,
      );
    [met, last, buys] = [[], [], false];
  }
  return {
    channels,
    start: Int32Array.from(start),
    channel: Int32Array.from(steps),
    orders: Float64Array.from(orders),
    value: Float64Array.from(values),
  };
}
