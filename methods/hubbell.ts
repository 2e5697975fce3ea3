import { FatalError } from '../contracts/errors.ts';
import { proveConvergence } from './spectral-radius.ts';
import { multiply, sumOfAbsolutes, type Ties, tieMatrix } from './tie-matrix.ts';

export type HubbellInput = Ties & {
  /** e, one finite value per node, or 1 for all. */
  exogenous: Float64Array | 1;
  /** Stop when the error is proved to be below this fraction of ‖s‖₁. */
  tolerance?: number;
};

export type HubbellScore = {
  /** s, one value per node. */
  score: Float64Array;
  /** Applications of W. */
  rounds: number;
  /** Proved upper bound of ‖s − score‖₁, rounding apart. */
  bound: number;
  /** Upper bound of the spectral radius of W, below 1. */
  radius: number;
};

/** Ties and nodes visited before a sum counts as not settling: minutes at any size. */
const mostWork = 2e10;

/**
 * Hubbell's influence (1965): s = e + W s, w_ij being the influence of i on j, so that direct and indirect paths count.
 *
 * Sums e + We + W²e + … . What is left after round t is (I − W)⁻¹ W^(t+1) e, at most ‖(I − W)⁻¹‖₁ ‖W^(t+1) e‖₁, which is
 * never more than q^t/(1 − q)·‖We‖₁ where q, the largest column sum of |W|, is below 1.
 *
 * @throws FatalError when the spectral radius is not below 1, naming it, when a weight or exogenous value is not finite,
 * or when the radius is so close to 1 that the sum does not settle in minutes.
 */
export function hubbellSum(input: HubbellInput): HubbellScore {
  const { n, tolerance = 1e-10 } = input;
  const matrix = tieMatrix(input);
  const { radius, amplification } = proveConvergence(matrix);
  const score = exogenousValues(input);
  let term = score.slice();
  let next = new Float64Array(n);
  const mostRounds = Math.ceil(mostWork / (n + input.from.length));
  for (let rounds = 1; rounds <= mostRounds; rounds++) {
    multiply(matrix, term, next);
    [term, next] = [next, term];
    // The newest term is still to be added: until then it bounds what is missing.
    const bound = amplification * sumOfAbsolutes(term);
    if (bound <= tolerance * sumOfAbsolutes(score)) return { score, rounds, bound, radius };
    for (let node = 0; node < n; node++) score[node]! += term[node]!;
  }
  throw new FatalError(
    `influence did not settle to ${tolerance} of its total within ${mostRounds} rounds (spectral radius up to ${radius})`,
    { next: 'lower the weights of the ties, so that what reaches each person sums to less than 1' },
  );
}

function exogenousValues({ n, exogenous }: HubbellInput): Float64Array {
  if (exogenous === 1) return new Float64Array(n).fill(1);
  if (exogenous.length !== n)
    throw new FatalError(`${n} people were given ${exogenous.length} exogenous values`);
  const bad = exogenous.findIndex(value => !Number.isFinite(value));
  if (bad >= 0) throw new FatalError(`the exogenous value of person ${bad} is ${exogenous[bad]}`);
  return exogenous.slice();
}

/** Each value as a share of Σ|value| (CIE from s; `cie_beyond_self` from s − e); all 0 where that sum is 0. */
export function shareOfTotal(values: Float64Array): Float64Array {
  const total = sumOfAbsolutes(values);
  return values.map(value => (total === 0 ? 0 : value / total));
}
