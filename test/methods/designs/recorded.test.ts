import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { differenceInDifferences } from '../../../methods/difference-in-differences.ts';
import { intentionToTreat } from '../../../methods/intention-to-treat.ts';
import type { PanelEstimator } from '../../../methods/panel.ts';
import { timeBasedRegression } from '../../../methods/time-based-regression.ts';
import { recordedPanels } from './panels.ts';

interface Answer {
  total: number;
  low: number;
  high: number;
  standardError: number;
  freedom: number;
  expected?: number[];
  expectedLow?: number[];
  expectedHigh?: number[];
}
type Name = keyof typeof estimators;
const estimators = { timeBasedRegression, intentionToTreat, differenceInDifferences } satisfies Record<
  string,
  PanelEstimator
>;
const recorded: { panels: ({ sum: number } & Record<Name, Answer | null>)[] } = JSON.parse(
  readFileSync(new URL('./recorded.json', import.meta.url), 'utf8'),
);

describe('on five random panels, statsmodels and scipy say the same', () => {
  const cases = recordedPanels().flatMap((panel, place) =>
    (Object.keys(estimators) as Name[]).map(name => ({ name, place, panel })),
  );

  it.each(cases)('$name, panel $place', ({ name, place, panel }) => {
    const answers = recorded.panels[place]!;
    expect(panel.outcome.reduce((sum, value) => sum + value, 0)).toBeCloseTo(answers.sum, 2);
    const estimate = estimators[name](panel, { confidence: 0.95, seed: 1 });
    const answer = answers[name];
    if (answer === null) {
      expect(estimate.total).toBeNaN();
      expect(estimate.refusal).toMatch(/too few/);
      return;
    }
    for (const key of ['total', 'low', 'high', 'standardError', 'freedom'] as const)
      expect(estimate[key] / answer[key], key).toBeCloseTo(1, 7);
    if (answer.expected === undefined) return;
    for (const [mine, theirs] of [
      [estimate.path!.expected, answer.expected],
      [estimate.path!.low, answer.expectedLow!],
      [estimate.path!.high, answer.expectedHigh!],
    ] as const)
      mine.forEach((value, period) => {
        expect(value / theirs[period]!, `day ${period}`).toBeCloseTo(1, 7);
      });
  });
});
