import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { forecastLevel, usualPriors } from '../../../methods/local-level.ts';
import { totalsByPeriod, unitsOf } from '../../../methods/panel-sums.ts';
import { seededRandom } from '../../../methods/random.ts';
import { structuralForecast } from '../../../methods/structural-time-series.ts';
import { recordedPanels } from './panels.ts';

interface Recorded {
  sum: number;
  total: number;
  standardErrorOfKnownParameters: number;
  expected: number[];
}
const recorded: Recorded[] = JSON.parse(
  readFileSync(new URL('recorded.json', import.meta.url), 'utf8'),
).panels;

/** statsmodels: a level that stays, one control, and noise that carries over, by maximum likelihood. */
const itsModel = { ...usualPriors, carries: true, varianceWeight: 1, step: 1e-4, stepWeight: 1e9 };

describe.each(recordedPanels().map((panel, place) => [place, panel, recorded[place]!] as const))(
  'panel %i',
  (_, panel, theirs) => {
    const outcome = totalsByPeriod(panel, unitsOf(panel, 1));
    const control = totalsByPeriod(panel, unitsOf(panel, 0));

    it('is the one that statsmodels saw', () => {
      expect(panel.outcome.reduce((sum, value) => sum + value, 0)).toBeCloseTo(theirs.sum, 3);
    });

    it('is told by the same model as by statsmodels, with the doubt about parameters besides', () => {
      const { total, standardError, path } = forecastLevel(
        { outcome, controls: [control], before: panel.before },
        { confidence: 0.95, random: seededRandom(1, 'test', 'series'), priors: itsModel },
      );
      expect(Math.abs(total - theirs.total) / standardError).toBeLessThan(0.1);
      const ratio = standardError / theirs.standardErrorOfKnownParameters;
      expect(ratio).toBeGreaterThan(1);
      expect(ratio).toBeLessThan(1.4);
      theirs.expected.forEach((expected, day) => {
        const at = panel.before + day;
        const half = path.high[at]! - path.expected[at]!;
        expect(Math.abs(path.expected[at]! - expected) / half).toBeLessThan(0.1);
      });
    });

    it('is told much alike when the level may wander and five units stand beside their total', () => {
      const { total, standardError } = structuralForecast(panel, { confidence: 0.95, seed: 1 });
      expect(Math.abs(total - theirs.total) / standardError).toBeLessThan(0.6);
    });
  },
);
