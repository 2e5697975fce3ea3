import { FatalError } from '../contracts/errors.ts';
import { multiply, type Ties, tieMatrix } from './tie-matrix.ts';

/** Ties are edges from → to; a weight of 0 or less is no edge. */
export type PageRankInput = Ties & {
  /** The chance that a reader follows an edge instead of starting anew. */
  damping?: number;
  /** Stop when a round moves less than this in all (L1). */
  tolerance?: number;
};

export type PageRank = {
  /** One value per node, summing to 1. */
  rank: Float64Array;
  rounds: number;
};

const mostRounds = 10_000;

/**
 * PageRank with weighted edges and uniform restart; nodes without edges out pass to all nodes alike.
 * For influence the edge runs from who responded to who was responded to, with the positive responses as its weight.
 *
 * @throws FatalError when the input is malformed or 10,000 rounds are not enough.
 */
export function pageRank(input: PageRankInput): PageRank {
  const { n, damping = 0.85, tolerance = 1e-12 } = input;
  if (n === 0) return { rank: new Float64Array(0), rounds: 0 };
  const weight = input.weight.map(value => Math.max(0, value));
  const leaving = new Float64Array(n);
  for (let edge = 0; edge < weight.length; edge++) leaving[input.from[edge]!]! += weight[edge]!;
  // Transposed, so that each node gathers what reaches it.
  const received = tieMatrix({
    n,
    from: input.to,
    to: input.from,
    weight: weight.map((value, edge) => (value === 0 ? 0 : value / leaving[input.from[edge]!]!)),
  });

  let rank = new Float64Array(n).fill(1 / n);
  let next = new Float64Array(n);
  for (let rounds = 1; rounds <= mostRounds; rounds++) {
    let stranded = 0;
    for (let node = 0; node < n; node++) if (leaving[node] === 0) stranded += rank[node]!;
    multiply(received, rank, next);
    const base = (1 - damping + damping * stranded) / n;
    let total = 0;
    for (let node = 0; node < n; node++) {
      next[node] = base + damping * next[node]!;
      total += next[node]!;
    }
    let moved = 0;
    for (let node = 0; node < n; node++) {
      next[node]! /= total;
      moved += Math.abs(next[node]! - rank[node]!);
    }
    [rank, next] = [next, rank];
    if (moved < tolerance) return { rank, rounds };
  }
  throw new FatalError(`PageRank did not settle to ${tolerance} within ${mostRounds} rounds`);
}
