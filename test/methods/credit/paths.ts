import fc from 'fast-check';
import type { ChannelPaths } from '../../../methods/channel-paths.ts';

/** A way over channels, and its orders at the end with the value of each. */
export interface Walk {
  channels: number[];
  orders: number;
  price: number;
}

export function pathsOf(walks: readonly Walk[], channels: number): ChannelPaths {
  const start = [0];
  for (const walk of walks) start.push(start.at(-1)! + walk.channels.length);
  return {
    channels,
    start: Int32Array.from(start),
    channel: Int32Array.from(walks.flatMap(walk => walk.channels)),
    orders: Float64Array.from(walks, walk => walk.orders),
    value: Float64Array.from(walks, walk => walk.orders * walk.price),
  };
}

/** The paths of the method's vector: g×2, m×1 and g>m×1 end in an order, g×1 does not. */
export const vector: Walk[] = [
  { channels: [0], orders: 2, price: 10 },
  { channels: [1], orders: 1, price: 10 },
  { channels: [0, 1], orders: 1, price: 10 },
  { channels: [0], orders: 0, price: 0 },
];

/** Small sets of walks, with repeats, unmet channels, and walks that meet nobody. */
export const walks = (channels: number): fc.Arbitrary<Walk[]> =>
  fc.array(
    fc.record({
      channels: fc.array(fc.nat(channels - 1), { maxLength: 6 }),
      orders: fc.nat(3),
      price: fc.integer({ min: 1, max: 50 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
