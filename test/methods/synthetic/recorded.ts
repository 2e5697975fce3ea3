import { readFileSync } from 'node:fs';
import type { Panel } from '../../../methods/panel.ts';
import { recordedPanels } from './panels.ts';

/** Effects by treated unit and day. */
export interface RecordedSdid {
  effect: number;
  omega: number[];
  lambda: number[];
  standardError: number | null;
}

export interface Recorded {
  panel: Panel;
  exact: RecordedSdid;
  published: RecordedSdid;
  azcausal: RecordedSdid;
  converged: RecordedSdid;
  controlWeights: number[];
  pysyncon: number[];
  crossFitted: { total: number; low: number; high: number; standardError: number } | null;
}

type Written = Omit<Recorded, 'panel'> & {
  panel: Omit<Panel, 'outcome' | 'treated'> & { outcome: number[]; treated: number[] };
};

/** What bench/returns/synthetic.py said of the panels that panels.ts makes; the panels are read from the record. */
export function recorded(): Recorded[] {
  const text = readFileSync(new URL('recorded.json', import.meta.url), 'utf8');
  const { answers } = JSON.parse(text) as { answers: Written[] };
  return answers.map(({ panel, ...answer }) => ({
    ...answer,
    panel: {
      ...panel,
      outcome: Float64Array.from(panel.outcome),
      treated: Uint8Array.from(panel.treated),
    },
  }));
}

/** Whether the record is of the panels that the generator makes now. */
export function isRecordOfPanels(): boolean {
  const made = recordedPanels();
  return recorded().every(({ panel }, number) =>
    panel.outcome.every((value, at) => value === made[number]!.outcome[at]),
  );
}

/** The largest difference of two lists of numbers. */
export function apart(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Number.POSITIVE_INFINITY;
  return Array.from(one).reduce((most, value, at) => Math.max(most, Math.abs(value - other[at]!)), 0);
}
