import type { Panel } from '../../../methods/panel.ts';
import { seededRandom } from '../../../methods/random.ts';

export interface PanelShape {
  units: number;
  treated: number;
  before: number;
  during: number;
  /** Correlation of a unit's day with its day before. */
  lasting?: number;
  /** Share by which sales grow from the first day to the last. */
  growth?: number;
  /** Standard deviation of the logarithm of the units' sizes. */
  skew?: number;
  /** Share of a day's sales that the flight adds in treated units. */
  lift?: number;
}

const weekdays = [1.35, 0.8, 0.82, 0.9, 0.95, 1.1, 1.4];

/**
 * Sales of units of different size, with weekdays, growth, shocks that all share and noise of their own that grows with size and
 * lasts; units treated by lot. Rounded to four decimals, so that what another language reads is the same.
 */
export function randomPanel(seed: number, shape: PanelShape): { panel: Panel; caused: number } {
  const { units, before, during, lasting = 0.4, growth = 0.2, skew = 0.5, lift = 0 } = shape;
  const { next, below } = seededRandom(seed, 'returns', 'panels');
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const periods = before + during;
  const treated = new Uint8Array(units);
  for (let left = shape.treated; left > 0; ) {
    const unit = below(units);
    if (treated[unit] === 1) continue;
    treated[unit] = 1;
    left--;
  }
  const shock = new Float64Array(periods);
  for (let period = 0; period < periods; period++)
    shock[period] = 0.7 * (period === 0 ? 0 : shock[period - 1]!) + 0.05 * normal();
  const outcome = new Float64Array(units * periods);
  let caused = 0;
  for (let unit = 0; unit < units; unit++) {
    const size = 1000 * Math.exp(skew * normal());
    let noise = (0.035 * normal()) / Math.sqrt(1 - lasting ** 2);
    for (let period = 0; period < periods; period++) {
      noise = lasting * noise + 0.035 * normal();
      const usual = size * weekdays[period % 7]! * (1 + (growth * period) / periods);
      const added = treated[unit] === 1 && period >= before ? lift * usual : 0;
      caused += added;
      outcome[unit * periods + period] =
        Math.round((usual * (1 + shock[period]! + noise) + added) * 1e4) / 1e4;
    }
  }
  return { panel: { units, periods, before, outcome, treated }, caused };
}

/** The five panels that were handed to statsmodels and scipy; the fourth has two periods, as people have. */
export const recordedShapes: PanelShape[] = [
  { units: 12, treated: 6, before: 42, during: 18 },
  { units: 24, treated: 9, before: 35, during: 14, skew: 1, lift: 0.05 },
  { units: 10, treated: 5, before: 21, during: 7, lasting: 0 },
  { units: 40, treated: 15, before: 1, during: 1, skew: 0.8 },
  { units: 14, treated: 5, before: 120, during: 28, lasting: 0.7, lift: 0.1 },
];

export const recordedPanels = () =>
  recordedShapes.map((shape, place) => randomPanel(20 + place, shape).panel);
