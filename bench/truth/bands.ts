import { contestants } from './contestants.ts';
import type { Measured } from './score.ts';
import { worlds } from './worlds.ts';

/** Wanted: coverage of a 95 % interval, that is 3–7 % false positives where there is no effect. */
export const band = { from: 0.93, to: 0.97 };
/** Wanted: the bias is below this many ROI points, or so near that chance explains it. */
export const mostBias = 1;

/** Must the bands hold here: may the method decide, and do its assumptions hold in this world? */
export function isCovered({ world, method }: Pick<Measured, 'world' | 'method'>): boolean {
  const mayDecide = contestants.find(({ name }) => name === method)!.mayDecide;
  return mayDecide && worlds.find(({ name }) => name === world)!.covers.includes(method);
}

/** What lies outside its band, in words; empty where all is inside or where the method refused in nearly all runs. */
export function faultsOf({ seeds, decided, coverage, bias }: Measured): string[] {
  // Of a few decided runs in hundreds no share can be told.
  if (decided < seeds / 10) return [];
  const faults: string[] = [];
  if (coverage[0] < band.from) faults.push('holds too seldom');
  if (coverage[0] > band.to) faults.push('too wide');
  if (Math.abs(bias[0]) > Math.max(mostBias, 2 * bias[1])) faults.push('biased');
  return faults;
}
