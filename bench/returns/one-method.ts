import { readFileSync } from 'node:fs';
import type { Panel } from '../../methods/panel.ts';
import { cpuSecondsSoFar, type Use } from '../measure.ts';
import { methods } from './estimators.ts';

export interface Estimated extends Use {
  total: number;
  low: number;
  high: number;
  refusal?: string;
  placebos: number;
}

/** Arguments: file of the panel, method, `whole` or `alone`. Prints `Estimated` as JSON: a process of its own, for its peak. */
const [file, name, extent] = process.argv.slice(2) as [string, string, 'whole' | 'alone'];
const { outcome, treated, ...counts } = JSON.parse(readFileSync(file, 'utf8'));
const panel: Panel = {
  ...counts,
  outcome: Float64Array.from(outcome as number[]),
  treated: Uint8Array.from(treated as number[]),
};
const estimate = methods[name]![extent]!;
const [started, cpuStarted] = [performance.now(), cpuSecondsSoFar()];
const { total, low, high, refusal, placebos } = estimate(panel, { confidence: 0.95, seed: 7 });
const estimated: Estimated = {
  seconds: (performance.now() - started) / 1000,
  cpuSeconds: cpuSecondsSoFar() - cpuStarted,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  total,
  low,
  high,
  refusal,
  placebos: placebos.length,
};
process.stdout.write(`${JSON.stringify(estimated)}\n`);
