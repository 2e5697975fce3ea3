import { Matrix, QrDecomposition } from 'ml-matrix';
import type { Cell } from './cells.ts';
import type { Runs } from './measure.ts';
import { margin } from './world.ts';

/** What many runs of one method on one world and lift say. Shares are fractions; a pair is [figure, its Monte Carlo error]. */
export interface Score {
  seeds: number;
  decided: number;
  /** Reasons with their figures left out, the commonest first. */
  reasons: [reason: string, share: number][];
  /** Of decided runs: the interval holds the truth. */
  coverage: [number, number];
  /** Of decided runs: the whole interval lies above the truth, or below it. */
  tooHigh: number;
  tooLow: number;
  /** Of all runs: decided, and the interval lies above 0. */
  power: number;
  /** Of decided runs, in ROI points (hundredths of ROI) of the mean budget. */
  bias: [number, number];
  rootMeanSquare: number;
  width: number;
  /** The bias as a share of the true effect; NaN without one. */
  relativeBias: number;
}

export type Measured = Omit<Cell, 'seeds'> & Score;

export function scoreOf(runs: Runs): Score {
  const seeds = runs.total.length;
  const decided = [...runs.total.keys()].filter(run => runs.refusals[run] === '');
  const share = (isSo: (run: number) => boolean, of = decided.length) => decided.filter(isSo).length / of;
  const meanOf = (value: (run: number) => number) =>
    decided.reduce((sum, run) => sum + value(run), 0) / decided.length;
  const points = (100 * margin) / meanOf(run => runs.cost[run]!);
  const effect = points * meanOf(run => runs.truth[run]!);
  const tooHigh = share(run => runs.low[run]! > runs.truth[run]!);
  const tooLow = share(run => runs.high[run]! < runs.truth[run]!);
  const coverage = 1 - tooHigh - tooLow;
  const error = (run: number) => points * (runs.total[run]! - runs.truth[run]!);
  const bias = meanWithout(
    decided.map(error),
    decided.map(run => variatesOf(runs, run).map(value => value * points)),
  );
  return {
    seeds,
    decided: decided.length,
    reasons: reasonsOf(runs.refusals),
    coverage: [coverage, Math.sqrt((coverage * (1 - coverage)) / decided.length)],
    tooHigh,
    tooLow,
    power: share(run => runs.low[run]! > 0, seeds),
    bias,
    rootMeanSquare: Math.sqrt(meanOf(run => error(run) ** 2)),
    width: meanOf(run => points * (runs.high[run]! - runs.low[run]!)),
    relativeBias: effect === 0 ? Number.NaN : bias[0] / effect,
  };
}

function variatesOf({ variates, total }: Runs, run: number): number[] {
  const count = variates.length / total.length;
  return [...variates.subarray(run * count, (run + 1) * count)];
}

/**
 * The mean of errors after what variates of mean 0 explain of them: the intercept of their regression, and its standard
 * error. With hardly more runs than variates, the plain mean.
 */
function meanWithout(errors: readonly number[], variates: readonly number[][]): [number, number] {
  // A world without a second shock has variates that are 0 throughout.
  const used = (variates[0] ?? []).map((_, at) => at).filter(at => variates.some(row => row[at] !== 0));
  const columns = errors.length > 4 * used.length ? used : [];
  const design = new Matrix(variates.map(row => [1, ...columns.map(at => row[at]!)]));
  if (errors.length < 2) return [errors[0] ?? Number.NaN, Number.NaN];
  const target = Matrix.columnVector([...errors]);
  const decomposition = new QrDecomposition(design);
  const coefficients = decomposition.solve(target);
  const residual = Matrix.sub(target, design.mmul(coefficients));
  const freedom = errors.length - columns.length - 1;
  const variance = residual.dot(residual) / freedom;
  // The first diagonal element of (X'X)⁻¹ is the squared length of the first row of R⁻¹.
  const inverse = new QrDecomposition(decomposition.upperTriangularMatrix).solve(
    Matrix.eye(columns.length + 1),
  );
  const first = inverse.getRowVector(0);
  return [coefficients.get(0, 0), Math.sqrt(variance * first.dot(first))];
}

function reasonsOf(refusals: readonly string[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const reason of refusals) {
    if (reason === '') continue;
    const plain = reason.replace(/[−-]?\d[\d., {2}]*/g, '… ').trim();
    counts.set(plain, (counts.get(plain) ?? 0) + 1);
  }
  return [...counts]
    .map(([reason, count]): [string, number] => [reason, count / refusals.length])
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}
