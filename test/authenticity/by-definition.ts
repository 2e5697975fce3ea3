import type { CoordinationInput } from '../../methods/coordination.ts';

/** One act of sharing. */
export interface Share {
  author: number;
  /** 1 for links. Shares of one message have equal author and time. */
  kind: number;
  object: number;
  /** Microseconds since 1970. */
  micros: number;
  message: number;
}

const day = 86_400_000_000;
const within = 10_000_000;
export const dayOf = (share: Share) => Math.floor(share.micros / day);

/** Every two shares of one object by two authors within ten seconds, the author with the lower number first: all pairs are looked at. */
export function coincidencesOf(shares: readonly Share[]): [Share, Share][] {
  const found: [Share, Share][] = [];
  for (const a of shares)
    for (const b of shares)
      if (
        a.author < b.author &&
        a.kind === b.kind &&
        a.object === b.object &&
        Math.abs(a.micros - b.micros) <= within
      )
        found.push([a, b]);
  return found;
}

const groups = <T>(list: readonly T[], keyOf: (item: T) => string) => Map.groupBy(list, keyOf);
const distinct = (list: readonly unknown[]) => new Set(list.map(item => JSON.stringify(item))).size;

export interface Edge {
  a: number;
  b: number;
  /** Pairs of messages. */
  pairs: number;
  sharedObjects: number;
  symmetry: number;
  /** Different objects and days, by kind. */
  occasions: Map<number, number>;
}

/** The edges of the network of who shares with whom, sorted by a, then b. */
export function edgesOf(shares: readonly Share[]): Edge[] {
  const byPair = groups(coincidencesOf(shares), ([a, b]) => `${a.author} ${b.author}`);
  const edges = [...byPair.values()].map(coincidences => {
    const messages = [0, 1].map(side => distinct(coincidences.map(pair => pair[side]!.message)));
    const sameDay = coincidences.filter(([a, b]) => dayOf(a) === dayOf(b));
    const byKind = groups(sameDay, ([a]) => String(a.kind));
    return {
      a: coincidences[0]![0].author,
      b: coincidences[0]![1].author,
      pairs: distinct(coincidences.map(([a, b]) => [a.message, b.message])),
      sharedObjects: distinct(coincidences.map(([a]) => [a.kind, a.object])),
      symmetry: Math.min(...messages) / Math.max(...messages),
      occasions: new Map(
        [...byKind].map(([kind, these]) => [
          Number(kind),
          distinct(these.map(([a]) => [a.object, dayOf(a)])),
        ]),
      ),
    };
  });
  return edges.sort((one, other) => one.a - other.a || one.b - other.b);
}

export function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return values.length === 0 ? 0 : (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
}

/** What the judging is handed, each number from its definition. */
export function inputOf(shares: readonly Share[]): CoordinationInput {
  const edges = edgesOf(shares);
  const kept = edges.filter(edge => edge.pairs >= 2);
  const sameDay = coincidencesOf(shares).filter(([a, b]) => dayOf(a) === dayOf(b));
  const countPairs = (these: readonly Share[]) => {
    let pairs = 0;
    for (const [place, one] of these.entries())
      for (const other of these.slice(place + 1)) if (one.author !== other.author) pairs++;
    return pairs;
  };
  const stratumOf = new Map<string, string>();
  for (const [key, together] of groups(sameDay, ([a]) => `${a.kind} ${dayOf(a)}`)) {
    const [kind] = key.split(' ');
    const pairs = countPairs(shares.filter(share => `${share.kind} ${dayOf(share)}` === key));
    stratumOf.set(key, 20 * together.length <= pairs ? key : `${kind} -1`);
  }
  const order = (name: string) => name.split(' ').map(Number) as [number, number];
  const names = [...new Set(stratumOf.values())].sort((one, other) => {
    const [[kind, days], [otherKind, otherDays]] = [order(one), order(other)];
    return kind - otherKind || days - otherDays;
  });
  const inStratum = (share: Share) => stratumOf.get(`${share.kind} ${dayOf(share)}`);
  const degrees = [
    ...groups(shares.filter(inStratum), share => `${share.author} ${names.indexOf(inStratum(share)!)}`),
  ]
    .map(([key, these]) => [...key.split(' ').map(Number), these.length] as [number, number, number])
    .sort((one, other) => one[0] - other[0] || one[1] - other[1]);
  const occasions = kept.flatMap(({ a, b, occasions }) =>
    [...occasions].sort(([one], [other]) => one - other).map(([kind, count]) => [a, b, kind, count] as const),
  );
  const column = (list: readonly (readonly number[])[], place: number) =>
    Int32Array.from(list, row => row[place]!);
  return {
    edges: {
      author_a: Int32Array.from(kept, edge => edge.a),
      author_b: Int32Array.from(kept, edge => edge.b),
      pairs: Int32Array.from(kept, edge => edge.pairs),
    },
    occasions: {
      author_a: column(occasions, 0),
      author_b: column(occasions, 1),
      kind_number: column(occasions, 2),
      occasions: column(occasions, 3),
    },
    degrees: {
      author_number: column(degrees, 0),
      stratum_number: column(degrees, 1),
      shares: column(degrees, 2),
    },
    strata: {
      kind_number: Int32Array.from(names, name => order(name)[0]),
      chance: Float64Array.from(names, name => {
        const together = sameDay.filter(([a]) => inStratum(a) === name).length;
        return together / countPairs(shares.filter(share => inStratum(share) === name));
      }),
    },
    authors: new Set(shares.map(share => share.author)).size,
    threshold: medianOf(edges.map(edge => edge.pairs)),
    falseDiscoveryRate: 0.05,
  };
}
