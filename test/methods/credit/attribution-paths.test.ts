import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attributionPaths, longestPath, type PathEvents } from '../../../methods/attribution-paths.ts';
import type { ChannelPaths } from '../../../methods/channel-paths.ts';

interface Event {
  buyer: number;
  at: number;
  /** −1 for an order. */
  channel: number;
}

const flight = 20;
const window = 8;

function eventsOf(list: readonly Event[]): PathEvents {
  const sorted = [...list].sort((a, b) => a.buyer - b.buyer || a.at - b.at || b.channel - a.channel);
  return {
    buyer: Int32Array.from(sorted, event => event.buyer),
    at: Float64Array.from(sorted, event => event.at),
    channel: Int32Array.from(sorted, event => event.channel),
    value: Float64Array.from(sorted, event => (event.channel < 0 ? 10 + event.at : 0)),
    isFlight: Int32Array.from(sorted, event => (event.at >= flight ? 1 : 0)),
  };
}

const pathsOf = ({ start, channel, orders, value }: ChannelPaths) =>
  Array.from(orders, (order, path) => ({
    met: [...channel.subarray(start[path], start[path + 1])].join('>'),
    order,
    value: value[path],
  }));

/** Every order against every event of its buyer; what repeats in a row taken out of the text. */
function bySearch({ buyer, at, channel, value, isFlight }: PathEvents) {
  const metWhere = (counts: (event: number) => boolean) =>
    [...channel.keys()]
      .filter(event => channel[event]! >= 0 && counts(event))
      .map(event => channel[event]!)
      .filter((one, place, all) => one !== all[place - 1])
      .join('>');
  const paths: { met: string; order: number; value: number }[] = [];
  for (const person of new Set(buyer)) {
    const own = [...buyer.keys()].filter(event => buyer[event] === person);
    const orders = own.filter(event => channel[event] === -1);
    for (const order of orders) {
      const met = metWhere(
        event => buyer[event] === person && at[event]! <= at[order]! && at[event]! >= at[order]! - window,
      );
      if (met !== '') paths.push({ met, order: 1, value: value[order]! });
    }
    const met = metWhere(event => buyer[event] === person && isFlight[event] === 1);
    if (orders.length === 0 && met !== '') paths.push({ met, order: 0, value: 0 });
  }
  return paths;
}

it('follows each order back to whom its buyer met within the window', () => {
  const events = eventsOf([
    { buyer: 0, at: 12, channel: 1 },
    { buyer: 0, at: 20, channel: 0 },
    { buyer: 0, at: 20, channel: -1 },
    { buyer: 0, at: 21, channel: 0 },
    { buyer: 0, at: 21, channel: -1 },
    { buyer: 0, at: 35, channel: -1 },
    { buyer: 1, at: 19, channel: 1 },
    { buyer: 1, at: 22, channel: 1 },
    { buyer: 2, at: 19, channel: 1 },
    { buyer: 3, at: 25, channel: -1 },
  ]);
  expect(pathsOf(attributionPaths(events, { channels: 2, window }))).toEqual([
    { met: '1>0', order: 1, value: 30 },
    { met: '0', order: 1, value: 31 },
    { met: '1', order: 0, value: 0 },
  ]);
});

it('finds what a search over all events finds', () => {
  const event = fc.record({
    buyer: fc.nat(3),
    at: fc.integer({ min: 10, max: 40 }),
    channel: fc.integer({ min: -1, max: 2 }),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 40 }), list => {
      const events = eventsOf(list);
      expect(pathsOf(attributionPaths(events, { channels: 3, window }))).toEqual(bySearch(events));
    }),
    { numRuns: 500 },
  );
});

it('keeps the last meetings of many people behind one name, and is done with a million of their orders', () => {
  const count = 1_000_000;
  const events: PathEvents = {
    buyer: new Int32Array(count),
    at: Float64Array.from({ length: count }, (_, event) => event),
    channel: Int32Array.from({ length: count }, (_, event) => (event < 1000 ? event % 2 : -1)),
    value: new Float64Array(count).fill(1),
    isFlight: new Int32Array(count).fill(1),
  };
  const { orders, start } = attributionPaths(events, { channels: 2, window: 2000 });
  expect(orders).toHaveLength(2000);
  expect(start[1]).toBe(longestPath);
});
