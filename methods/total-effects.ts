import { FatalError } from '../contracts/errors.ts';
import { type Convergence, proveConvergence } from './spectral-radius.ts';
import { multiplyAbsoluteLeft, type TieMatrix, type Ties, tieMatrix } from './tie-matrix.ts';

export type TotalEffectsInput = Ties & {
  /** The nodes i whose effects on their direct ties are wanted. */
  sources: Int32Array;
  /** Largest error of any effect. */
  tolerance?: number;
};

const amplificationRounds = 8;
const mostSweeps = 1_000;

/**
 * The total effect h_ij = ((I − W)⁻¹ − I)_ij of every source i on each j it has a tie to, over all paths.
 *
 * Row i of (I − W)⁻¹ solves y = u_i + yW. It is found by Gauss–Seidel sweeps over the nodes that influence somebody, the
 * ones with most ties first; then h_ij = Σ_k y_k w_kj. When a sweep changes no entry by more than δ, h_ij is wrong by at
 * most qδ times the j-th column sum of |(I − W)⁻¹ − I|; sweeps end when that is within the tolerance at every tie.
 *
 * @returns one value per tie of the input; NaN where the tie does not start at a source, and at all ties of a source
 * whose row does not settle in 1,000 sweeps (which needs column sums of |W| at 1 or above, or very close).
 * @throws FatalError as `hubbellSum` does, and when a source is not a node.
 */
export function totalEffects(input: TotalEffectsInput): Float64Array {
  const { from, to, weight, sources, tolerance = 1e-9 } = input;
  const matrix = tieMatrix(input);
  const { n, start, column } = matrix;
  const outside = sources.find(source => !(source >= 0 && source < n));
  if (outside !== undefined) throw new FatalError(`source ${outside} is outside 0..${n - 1}`);
  const convergence = proveConvergence(matrix);
  const amplified = columnAmplification(matrix, convergence);
  const incoming = tieMatrix({ n, from: to, to: from, weight });
  const active = activeNodes(matrix, incoming);
  const row = new Float64Array(active.incoming.n);
  const effectAt = new Float64Array(from.length).fill(Number.NaN);

  for (const source of sources) {
    if (start[source] === start[source + 1]) continue;
    let most = 0;
    for (let place = start[source]!; place < start[source + 1]!; place++)
      most = Math.max(most, amplified[column[place]!]! - 1);
    const epsilon = tolerance / (most * convergence.q);
    if (!solveRow(active.incoming, active.number[source]!, epsilon, row)) continue;
    for (let place = start[source]!; place < start[source + 1]!; place++) {
      const target = column[place]!;
      let effect = 0;
      for (let tie = incoming.start[target]!; tie < incoming.start[target + 1]!; tie++)
        effect += incoming.value[tie]! * row[active.number[incoming.column[tie]!]!]!;
      effectAt[place] = effect;
    }
  }
  const next = start.slice(0, n);
  return effectAt.map((_, tie) => effectAt[next[from[tie]!]!++]!);
}

/**
 * Upper bounds of the column sums of |(I − W)⁻¹|. Below q = 1 they solve c = 1 + c|W|: rounds that begin above the
 * solution, at 1/(1 − q), fall towards it and may stop at any time.
 */
function columnAmplification(matrix: TieMatrix, { q, amplification }: Convergence): Float64Array {
  let bound: Float64Array = new Float64Array(matrix.n).fill(amplification);
  if (q >= 1) return bound;
  let next: Float64Array = new Float64Array(matrix.n);
  for (let round = 0; round < amplificationRounds; round++) {
    multiplyAbsoluteLeft(matrix, bound, next);
    for (let node = 0; node < matrix.n; node++) next[node]! += 1;
    [bound, next] = [next, bound];
  }
  return bound;
}

/**
 * The nodes with a tie out, renumbered by falling number of ties, and the ties among them: the others pass nothing on.
 * What is read most often then lies together.
 */
function activeNodes(matrix: TieMatrix, incoming: TieMatrix): { number: Int32Array; incoming: TieMatrix } {
  const { start } = matrix;
  const out = (node: number) => start[node + 1]! - start[node]!;
  const nodes = Int32Array.from({ length: matrix.n }, (_, node) => node)
    .filter(node => out(node) > 0)
    .sort((a, b) => out(b) - out(a) || a - b);
  const number = new Int32Array(matrix.n).fill(-1);
  nodes.forEach((node, place) => {
    number[node] = place;
  });
  let ties = 0;
  for (const node of nodes) ties += incoming.start[node + 1]! - incoming.start[node]!;
  const result = {
    n: nodes.length,
    start: new Int32Array(nodes.length + 1),
    column: new Int32Array(ties),
    value: new Float64Array(ties),
  };
  let place = 0;
  for (let position = 0; position < nodes.length; position++) {
    const node = nodes[position]!;
    for (let tie = incoming.start[node]!; tie < incoming.start[node + 1]!; tie++) {
      result.column[place] = number[incoming.column[tie]!]!;
      result.value[place++] = incoming.value[tie]!;
    }
    result.start[position + 1] = place;
  }
  return { number, incoming: result };
}

/** Solve y = u_source + yW until a sweep changes no entry by more than `epsilon`. @returns whether it settled. */
function solveRow(incoming: TieMatrix, source: number, epsilon: number, y: Float64Array): boolean {
  const { n, start, column, value } = incoming;
  y.fill(0);
  for (let sweep = 0; sweep < mostSweeps; sweep++) {
    let change = 0;
    for (let node = 0; node < n; node++) {
      let sum = node === source ? 1 : 0;
      for (let tie = start[node]!, end = start[node + 1]!; tie < end; tie++)
        sum += value[tie]! * y[column[tie]!]!;
      const moved = Math.abs(sum - y[node]!);
      if (moved > change) change = moved;
      y[node] = sum;
    }
    if (!Number.isFinite(change)) return false;
    if (change <= epsilon) return true;
  }
  return false;
}
