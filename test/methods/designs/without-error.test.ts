import { expect, it } from 'vitest';
import { differenceInDifferences } from '../../../methods/difference-in-differences.ts';
import { intentionToTreat } from '../../../methods/intention-to-treat.ts';
import { syntheticControl } from '../../../methods/synthetic-control.ts';
import { syntheticDifferenceInDifferences } from '../../../methods/synthetic-difference-in-differences.ts';
import { timeBasedRegression } from '../../../methods/time-based-regression.ts';
import { randomPanel } from './panels.ts';

const options = { confidence: 0.95, seed: 1 };
const { panel } = randomPanel(3, { units: 24, treated: 12, before: 84, during: 28 });

it.each(Object.entries({ intentionToTreat, timeBasedRegression, differenceInDifferences }))(
  '%s refuses a panel that is one series in shares: what is left over is rounding, no error',
  (name, estimator) => {
    const country = panel.outcome.subarray(0, panel.periods);
    const split = {
      ...panel,
      outcome: panel.outcome.map((_, at) => {
        const [unit, day] = [Math.floor(at / panel.periods), at % panel.periods];
        return name === 'differenceInDifferences'
          ? country[day]! + 0.1 * unit
          : country[day]! * (0.1 + 0.037 * unit);
      }),
    };
    const { refusal, total } = estimator(split, options);
    expect(refusal).toMatch(/no error can be estimated$/);
    expect(total).toBeNaN();
  },
);

it.each(Object.entries({ syntheticControl, syntheticDifferenceInDifferences }))(
  '%s tells no lost sales of units that never sold anything',
  (_, estimator) => {
    const outcome = panel.outcome.map((value, at) =>
      panel.treated[Math.floor(at / panel.periods)] === 1 ? 0 : value,
    );
    const { refusal, total } = estimator({ ...panel, outcome }, options);
    expect(refusal).toBe('the treated units together sold the same on every day before the flight');
    expect(total).toBeNaN();
  },
);
