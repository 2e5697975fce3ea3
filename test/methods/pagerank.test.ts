import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { DirectedGraph } from 'graphology';
import { pagerank as graphologyPageRank } from 'graphology-metrics/centrality/index.js';
import { describe, expect, it } from 'vitest';
import { pageRank } from '../../methods/pagerank.ts';
import type { Ties } from '../../methods/tie-matrix.ts';
import { denseSolve, tiesOf } from './dense.ts';
import { itWith, realData } from './real-data.ts';

function byGraphology({ n, from, to, weight }: Ties): number[] {
  const graph = new DirectedGraph();
  for (let node = 0; node < n; node++) graph.addNode(node);
  weight.forEach((value, edge) => {
    if (value > 0) graph.addEdge(from[edge], to[edge], { weight: value });
  });
  const ranks = graphologyPageRank(graph, {
    alpha: 0.85,
    tolerance: 1e-13,
    maxIterations: 10_000,
    getEdgeWeight: 'weight',
  });
  return Array.from({ length: n }, (_, node) => ranks[node]!);
}

/** The fixed point solved at once: r = (1 − d)/n + d(M r + dangling/n). */
function bySolving({ n, from, to, weight }: Ties, damping: number): number[] {
  const leaving = new Array<number>(n).fill(0);
  weight.forEach((value, edge) => {
    leaving[from[edge]!]! += Math.max(0, value);
  });
  const rows = leaving.map(() => leaving.map(total => (total === 0 ? damping / n : 0)));
  weight.forEach((value, edge) => {
    if (value > 0) rows[to[edge]!]![from[edge]!]! += (damping * value) / leaving[from[edge]!]!;
  });
  return denseSolve(
    tiesOf(rows),
    leaving.map(() => (1 - damping) / n),
  );
}

function expectClose(actual: ArrayLike<number>, wanted: ArrayLike<number>) {
  expect(actual.length).toBe(wanted.length);
  for (let node = 0; node < wanted.length; node++) expect(actual[node]).toBeCloseTo(wanted[node]!, 10);
}

const anyGraph = fc.integer({ min: 1, max: 20 }).chain(n =>
  fc
    .uniqueArray(
      fc.record({
        from: fc.integer({ min: 0, max: n - 1 }),
        to: fc.integer({ min: 0, max: n - 1 }),
        weight: fc.integer({ min: -1, max: 5 }),
      }),
      { selector: edge => edge.from * n + edge.to, maxLength: 60 },
    )
    .map(edges => ({
      n,
      from: Int32Array.from(edges, edge => edge.from),
      to: Int32Array.from(edges, edge => edge.to),
      weight: Float64Array.from(edges, edge => edge.weight),
    })),
);

describe('pageRank', () => {
  const karate = 'karate.edges.csv';
  itWith(karate)('agrees with graphology on the karate club', () => {
    const edges = readFileSync(realData(karate), 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(line => line.split(',').map(Number));
    const club = {
      n: 34,
      from: Int32Array.from([...edges.map(edge => edge[0]!), ...edges.map(edge => edge[1]!)]),
      to: Int32Array.from([...edges.map(edge => edge[1]!), ...edges.map(edge => edge[0]!)]),
      weight: Float64Array.from([...edges, ...edges].map(edge => edge[2]!)),
    };
    expectClose(pageRank(club).rank, byGraphology(club));
  });

  it('agrees with graphology on any graph, dangling nodes and negative responses included', () => {
    fc.assert(
      fc.property(anyGraph, graph => {
        expectClose(pageRank(graph).rank, byGraphology(graph));
      }),
      { numRuns: 300 },
    );
  });

  it('agrees with the fixed point solved at once, and sums to 1', () => {
    fc.assert(
      fc.property(anyGraph, fc.constantFrom(0.5, 0.85, 0.99), (graph, damping) => {
        const { rank } = pageRank({ ...graph, damping });
        expectClose(rank, bySolving(graph, damping));
        expect(rank.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('ranks whoever is responded to first', () => {
    const answers = {
      n: 3,
      from: Int32Array.of(1, 2),
      to: Int32Array.of(0, 0),
      weight: Float64Array.of(1, 1),
    };
    const { rank } = pageRank(answers);
    expect(rank[0]).toBeGreaterThan(rank[1]!);
    expect(rank[1]).toBe(rank[2]);
  });

  it('is empty where nobody is', () => {
    const nobody = { n: 0, from: new Int32Array(), to: new Int32Array(), weight: new Float64Array() };
    expect(pageRank(nobody).rank.length).toBe(0);
  });
});
