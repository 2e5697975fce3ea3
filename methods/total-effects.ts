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
/** Times that each node may pass its influence on before a row counts as not settling. */
const mostPasses = 1_000;

/**
 * The total effect h_ij = ((I − W)⁻¹ − I)_ij of every source i on each j it has a tie to, over all paths.
 *
 * Row i of (I − W)⁻¹ solves y = u_i + yW. It is found by pushing: what has newly arrived at a node is added to its y and
 * passed on along its ties, until nowhere more than ε is left to pass on; then h_ij = Σ_k y_k w_kj. Only the surroundings
 * of i are visited, so that the work hardly grows with the network. What is left
 * is passed on once more, unseen: at tie j it is then worth at most qε times the j-th column sum of |(I − W)⁻¹ − I|,
 * which ε makes the tolerance.
 *
 * @returns one value per tie of the input; NaN where the tie does not start at a source, and at all ties of a source
 * whose row does not settle in 1,000 passes a node (which needs column sums of |W| at 1 or above, or very close).
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
  const active = activeNodes(matrix);
  const row = new Row(active.outgoing);
  const effectAt = new Float64Array(from.length).fill(Number.NaN);

  for (const source of sources) {
    if (start[source] === start[source + 1]) continue;
    let most = 0;
    for (let place = start[source]!; place < start[source + 1]!; place++)
      most = Math.max(most, amplified[column[place]!]! - 1);
    if (!row.settle(active.number[source]!, tolerance / (most * convergence.q))) continue;
    for (let place = start[source]!; place < start[source + 1]!; place++) {
      const target = column[place]!;
      let effect = 0;
      for (let tie = incoming.start[target]!; tie < incoming.start[target + 1]!; tie++)
        effect += incoming.value[tie]! * row.y[active.number[incoming.column[tie]!]!]!;
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
function activeNodes(matrix: TieMatrix): { number: Int32Array; outgoing: TieMatrix } {
  const { n, start, column, value } = matrix;
  const out = (node: number) => start[node + 1]! - start[node]!;
  const nodes = Int32Array.from({ length: n }, (_, node) => node)
    .filter(node => out(node) > 0)
    .sort((a, b) => out(b) - out(a) || a - b);
  const number = new Int32Array(n).fill(-1);
  nodes.forEach((node, place) => {
    number[node] = place;
  });
  let ties = 0;
  for (let tie = 0; tie < column.length; tie++) if (number[column[tie]!]! >= 0) ties++;
  const outgoing = {
    n: nodes.length,
    start: new Int32Array(nodes.length + 1),
    column: new Int32Array(ties),
    value: new Float64Array(ties),
  };
  let place = 0;
  for (let position = 0; position < nodes.length; position++) {
    const node = nodes[position]!;
    for (let tie = start[node]!; tie < start[node + 1]!; tie++) {
      const target = number[column[tie]!]!;
      if (target < 0) continue;
      outgoing.column[place] = target;
      outgoing.value[place++] = value[tie]!;
    }
    outgoing.start[position + 1] = place;
  }
  return { number, outgoing };
}

/** One row of (I − W)⁻¹ after another, in memory that is cleared only where the row before has been. */
class Row {
  /** The row that was settled last. */
  readonly y: Float64Array;
  readonly #ties: TieMatrix;
  /** What has arrived at each node and is not passed on yet. */
  readonly #left: Float64Array;
  /** Nodes that have more left than is allowed, in the order in which they came to it: a ring. */
  readonly #queue: Int32Array;
  readonly #isQueued: Uint8Array;
  readonly #touched: Int32Array;
  readonly #isTouched: Uint8Array;
  #touches = 0;

  constructor(ties: TieMatrix) {
    this.#ties = ties;
    this.y = new Float64Array(ties.n);
    this.#left = new Float64Array(ties.n);
    this.#queue = new Int32Array(ties.n);
    this.#isQueued = new Uint8Array(ties.n);
    this.#touched = new Int32Array(ties.n);
    this.#isTouched = new Uint8Array(ties.n);
  }

  /** Pushes until no node has more than `epsilon` left. @returns whether it came to that. */
  settle(source: number, epsilon: number): boolean {
    this.#clear();
    const { n, start, column, value } = this.#ties;
    const { y } = this;
    const left = this.#left;
    const queue = this.#queue;
    const isQueued = this.#isQueued;
    const touched = this.#touched;
    const isTouched = this.#isTouched;
    let touches = 1;
    touched[0] = source;
    isTouched[source] = 1;
    left[source] = 1;
    queue[0] = source;
    let first = 0;
    let waiting = 1;
    for (let passes = mostPasses * n; waiting > 0 && passes > 0; passes--) {
      const node = queue[first]!;
      first = first + 1 === n ? 0 : first + 1;
      waiting--;
      isQueued[node] = 0;
      const arrived = left[node]!;
      left[node] = 0;
      y[node]! += arrived;
      for (let tie = start[node]!, end = start[node + 1]!; tie < end; tie++) {
        const target = column[tie]!;
        const more = left[target]! + arrived * value[tie]!;
        left[target] = more;
        if (isTouched[target] === 0) {
          isTouched[target] = 1;
          touched[touches++] = target;
        }
        if (isQueued[target] === 1 || Math.abs(more) <= epsilon) continue;
        isQueued[target] = 1;
        const last = first + waiting;
        queue[last < n ? last : last - n] = target;
        waiting++;
      }
    }
    this.#touches = touches;
    for (let touch = 0; touch < touches; touch++) y[touched[touch]!]! += left[touched[touch]!]!;
    return waiting === 0;
  }

  #clear(): void {
    for (let touch = 0; touch < this.#touches; touch++) {
      const node = this.#touched[touch]!;
      this.y[node] = 0;
      this.#left[node] = 0;
      this.#isQueued[node] = 0;
      this.#isTouched[node] = 0;
    }
  }
}
