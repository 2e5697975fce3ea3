import { contestants } from './contestants.ts';
import type { Measured } from './score.ts';
import { worlds } from './worlds.ts';

/** Wanted: coverage of a 95 % interval, that is 3–7 % false positives where there is no effect. */
export const band = { from: 0.93, to: 0.97 };
/** Wanted: the bias is below this many ROI points, or so near that chance explains it. */
export const mostBias = 1;
/** Asked at least: it is below this share of the root mean square error, where it moves coverage by a tenth of a point. */
export const mostBiasShare = 0.1;

/** Must the bands hold here: may the method decide, and do its assumptions hold in this world? */
export function isCovered({ world, method }: Pick<Measured, 'world' | 'method'>): boolean {
  const mayDecide = contestants.find(({ name }) => name === method)!.mayDecide;
  return mayDecide && worlds.find(({ name }) => name === world)!.covers.includes(method);
}

/** Of so few decided runs in hundreds no share can be told: the method refuses this world. */
export function isRefused({ seeds, decided }: Measured): boolean {
  return decided < seeds / 10;
}

/** What lies outside its band, in words. */
export function faultsOf(measured: Measured): string[] {
  if (isRefused(measured)) return [];
  const { coverage, bias, rootMeanSquare } = measured;
  const faults: string[] = [];
  if (coverage[0] < band.from) faults.push('holds too seldom');
  if (coverage[0] > band.to) faults.push('too wide');
  if (Math.abs(bias[0]) > Math.max(mostBias, mostBiasShare * rootMeanSquare, 2 * bias[1]))
    faults.push('biased');
  return faults;
}

/** Is the bias above what is wanted, and more than chance? */
export function isBiased(measured: Measured): boolean {
  return !isRefused(measured) && Math.abs(measured.bias[0]) > Math.max(mostBias, 2 * measured.bias[1]);
}
