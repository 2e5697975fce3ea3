import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ForestInput, growForest } from '../../methods/forest.ts';
import { forestByDefinition, meanPairDistance } from './by-definition.ts';
import { itWith, realData } from './real-data.ts';
import { structuralVirality } from './structural-virality.ts';

/** A forest of the given parents, in time order unless told otherwise, every forward counting 1. */
function input(
  parent: number[],
  more: { unseen?: number; time?: number[]; weight?: number[] } = {},
): ForestInput {
  return {
    count: parent.length,
    unseen: more.unseen ?? 0,
    parent: Int32Array.from(parent),
    time: Float64Array.from(more.time ?? parent.map((_, node) => node)),
    weight: Uint8Array.from(more.weight ?? parent.map(() => 1)),
  };
}

function viralityOfRoot(parent: number[]) {
  const { subtreeSize, s1, s2 } = growForest(input(parent));
  return structuralVirality(subtreeSize[0]!, s1[0]!, s2[0]!);
}

const path = (nodes: number) => Array.from({ length: nodes }, (_, node) => node - 1);
const star = (nodes: number) => Array.from({ length: nodes }, (_, node) => (node === 0 ? -1 : 0));

/** Forests with cycles, loops to oneself, unseen roots, equal times and self-forwards. */
const anyForest = fc
  .record({ count: fc.integer({ min: 0, max: 30 }), unseen: fc.integer({ min: 0, max: 3 }) })
  .chain(({ count, unseen }) => {
    const each = <T>(value: fc.Arbitrary<T>) => fc.array(value, { minLength: count, maxLength: count });
    return fc.record({
      parent: each(fc.integer({ min: -1, max: Math.max(-1, count + unseen - 1) })),
      unseen: fc.constant(unseen),
      time: each(fc.integer({ min: 0, max: 8 })),
      weight: each(fc.integer({ min: 0, max: 1 })),
    });
  })
  .map(({ parent, ...more }) => input(parent, more));

describe('growForest', () => {
  // A B C D E F
  const tree = [-1, 0, 0, 1, 1, 3];

  it('agrees with the example tree of section 2: spread 2, influence 3, jumps 3', () => {
    const { direct, beyond, height, subtreeSize } = growForest(input(tree));
    expect([direct[0], beyond[0], height[0], subtreeSize[0]]).toEqual([2, 3, 3, 6]);
  });

  it('agrees with brute force when the example is disturbed', () => {
    for (const [place, parent] of [
      [5, 2],
      [2, 1],
      [3, -1],
      [4, 5],
    ] as const) {
      const disturbed = input(tree.with(place, parent));
      expect(plain(growForest(disturbed))).toEqual(forestByDefinition(disturbed));
    }
  });

  it('gives every message its own subtree', () => {
    const forest = growForest(input(tree));
    expect([...forest.direct]).toEqual([2, 2, 0, 1, 0, 0]);
    expect([...forest.beyond]).toEqual([3, 1, 0, 0, 0, 0]);
    expect([...forest.height]).toEqual([3, 2, 0, 1, 0, 0]);
    expect([...forest.depth]).toEqual([0, 1, 1, 2, 2, 3]);
  });

  it('counts no unseen root, and joins the children of the same one', () => {
    const forest = growForest(input([3, 3, 0], { unseen: 1 }));
    expect([...forest.root]).toEqual([3, 3, 3, 3]);
    expect([...forest.depth]).toEqual([1, 1, 2, 0]);
    expect([...forest.subtreeSize]).toEqual([2, 1, 1, 3]);
  });

  it('leaves self-forwards out of spread and influence, and keeps what lies below them', () => {
    const forest = growForest(input([-1, 0, 1, 1], { weight: [1, 0, 1, 0] }));
    expect([...forest.direct]).toEqual([0, 1, 0, 0]);
    expect([...forest.beyond]).toEqual([1, 0, 0, 0]);
    expect(forest.subtreeSize[0]).toBe(4);
  });

  it('cuts a cycle at its earliest message and hangs the rest below', () => {
    const forest = growForest(input([1, 2, 0, 2, -1], { time: [30, 10, 20, 5, 1] }));
    expect([...forest.cut]).toEqual([0, 1, 0, 0, 0]);
    expect(forest.cycles).toBe(1);
    expect([...forest.root]).toEqual([1, 1, 1, 1, 4]);
    expect([...forest.depth]).toEqual([1, 0, 2, 3, 0]);
  });

  it('cuts at the smaller number when times are equal, and treats a loop to oneself as a cycle', () => {
    const forest = growForest(input([1, 0, 2], { time: [7, 7, 7] }));
    expect([...forest.cut]).toEqual([1, 0, 1]);
    expect([...forest.parent]).toEqual([-1, 0, -1]);
    expect(forest.cycles).toBe(2);
  });

  it('keeps the edge of a child earlier than its parent', () => {
    expect([...growForest(input([-1, 0], { time: [10, 5] })).depth]).toEqual([0, 1]);
  });

  it('agrees with the definitions on any forest', () => {
    fc.assert(
      fc.property(anyForest, forest => {
        expect(plain(growForest(forest))).toEqual(forestByDefinition(forest));
      }),
      { numRuns: 1000 },
    );
  });

  it('orders every child before its parent, each node once', () => {
    fc.assert(
      fc.property(anyForest, forest => {
        const { order, parent } = growForest(forest);
        const place = new Map([...order].map((node, position) => [node, position]));
        expect(place.size).toBe(forest.count + forest.unseen);
        for (const [node, position] of place)
          if (parent[node]! >= 0) expect(place.get(parent[node]!)).toBeGreaterThan(position);
      }),
    );
  });

  it('walks a path of a million messages, whichever way it is numbered', () => {
    const nodes = 1_000_000;
    const backwards = Array.from({ length: nodes }, (_, node) => (node === nodes - 1 ? -1 : node + 1));
    for (const [parents, top] of [
      [path(nodes), 0],
      [backwards, nodes - 1],
    ] as const) {
      const { height, subtreeSize, s1, s2, direct, beyond } = growForest(input(parents));
      expect([height[top], subtreeSize[top], direct[top], beyond[top]]).toEqual([
        nodes - 1,
        nodes,
        1,
        nodes - 2,
      ]);
      expect(structuralVirality(nodes, s1[top]!, s2[top]!)! / ((nodes + 1) / 3)).toBeCloseTo(1, 11);
    }
  });

  it('cuts a ring of a million messages once', () => {
    const nodes = 1_000_000;
    const forest = growForest(input(Array.from({ length: nodes }, (_, node) => (node + nodes - 1) % nodes)));
    expect([forest.cycles, forest.cut[0], forest.height[0]]).toEqual([1, 1, nodes - 1]);
  });

  it('refuses a parent that is no node', () => {
    expect(() => growForest(input([-1, 2]))).toThrow('message 1 names parent 2, outside −1..1');
  });

  const threads = 'mastodon_thread_structure.jsonl';
  itWith(threads)('finds depth 7 under the unseen root of a real Mastodon thread', () => {
    const rows = readFileSync(realData(threads), 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
    const seen = new Map<string, { in_reply_to_id: string | null; created_at: string }>();
    for (const row of rows) if (row.id !== undefined) seen.set(row.id, row);
    const number = new Map([...seen.keys()].map((id, node) => [id, node]));
    for (const { in_reply_to_id: id } of seen.values())
      if (id !== null && id !== '' && !number.has(id)) number.set(id, number.size);
    const messages = [...seen.values()];
    const forest = growForest({
      count: seen.size,
      unseen: number.size - seen.size,
      parent: Int32Array.from(messages, row => (row.in_reply_to_id ? number.get(row.in_reply_to_id)! : -1)),
      time: Float64Array.from(messages, row => Date.parse(row.created_at) * 1000),
      weight: new Uint8Array(seen.size).fill(1),
    });
    expect(seen.size).toBe(59);
    const largest = Math.max(...forest.direct);
    expect([forest.direct.indexOf(largest) >= seen.size, largest]).toEqual([true, 43]);
    expect(Math.max(...forest.depth)).toBe(7);
  });
});

describe('structuralVirality', () => {
  it.each([
    ['a pair', path(2), 1],
    ['a star of 5', star(5), 8 / 5],
    ['a star of 9', star(9), 16 / 9],
    ['a path of 5', path(5), 2],
    ['a path of 8', path(8), 3],
    ['the complete binary tree of 7', [-1, 0, 0, 1, 1, 2, 2], 16 / 7],
    ['parents [–,0,0,1,1,3]', [-1, 0, 0, 1, 1, 3], 31 / 15],
  ])('is known for %s (section 2)', (_, parent, known) => {
    expect(viralityOfRoot(parent)).toBeCloseTo(known, 12);
  });

  it.each([
    ['the binary tree with a leaf moved', [-1, 0, 0, 1, 1, 2, 5]],
    ['parents [–,0,0,1,1,3] with one more', [-1, 0, 0, 1, 1, 3, 3]],
    ['a star with a tail', [-1, 0, 0, 0, 0, 4]],
  ])('agrees with all pairs for %s', (_, parent) => {
    const members = parent.map((_, node) => node);
    expect(viralityOfRoot(parent)).toBeCloseTo(meanPairDistance(parent, members, () => true)!, 12);
  });

  it('is null, not 0, for a single message', () => {
    expect(viralityOfRoot([-1])).toBeNull();
    expect(structuralVirality(0, 0, 0)).toBeNull();
  });

  it('agrees with the distances of all pairs on any tree, seen root or not', () => {
    fc.assert(
      fc.property(anyForest, forest => {
        const { root, parent, subtreeSize, s1, s2 } = growForest(forest);
        for (const top of new Set(root)) {
          const members = [...root.keys()].filter(node => root[node] === top);
          const brute = meanPairDistance(parent, members, node => node < forest.count);
          const ours = structuralVirality(subtreeSize[top]!, s1[top]!, s2[top]!);
          if (brute === null) expect(ours).toBeNull();
          else expect(ours).toBeCloseTo(brute, 10);
        }
      }),
      { numRuns: 300 },
    );
  });
});

function plain({ count: _, unseen: __, order: ___, cycles, ...arrays }: ReturnType<typeof growForest>) {
  return {
    ...Object.fromEntries(Object.entries(arrays).map(([name, values]) => [name, [...values]])),
    cycles,
  };
}
