import type { Panel } from '../../../methods/panel.ts';
import { type Random, seededRandom } from '../../../methods/random.ts';

export interface Shape {
  units: number;
  treated: number;
  before: number;
  during: number;
  /** What the treated gain in the flight, as a share of their size; 0.1 where not given. */
  lift?: number;
}

/** Five panels whose answers by published packages stand in recorded.json; the last is shaped as the paper's cigarette sales. */
const shapes: readonly Shape[] = [
  { units: 12, treated: 5, before: 60, during: 14 },
  { units: 15, treated: 5, before: 64, during: 10 },
  { units: 20, treated: 8, before: 57, during: 7 },
  { units: 24, treated: 3, before: 58, during: 5 },
  { units: 39, treated: 1, before: 19, during: 12 },
];

export function recordedPanels(): Panel[] {
  return shapes.map((shape, number) => factorPanel(shape, seededRandom(number, 'test', 'synthetic')));
}

/**
 * Units of skewed sizes that move with two shared factors and by themselves, days that resemble their neighbours, and an effect
 * on the last `treated` units, in four decimals.
 */
export function factorPanel({ units, treated, before, during, lift = 0.1 }: Shape, random: Random): Panel {
  const periods = before + during;
  const outcome = new Float64Array(units * periods);
  const factors = [0, 1].map(() => lasting(periods, 0.8, random));
  for (let unit = 0; unit < units; unit++) {
    const size = 100 * Math.exp(0.6 * normal(random));
    const loads = factors.map(() => 0.1 * (1 + 0.5 * normal(random)));
    const own = lasting(periods, 0.4, random);
    for (let period = 0; period < periods; period++) {
      const moved = loads[0]! * factors[0]![period]! + loads[1]! * factors[1]![period]!;
      const effect = unit >= units - treated && period >= before ? lift : 0;
      const value = size * (1 + moved + 0.08 * own[period]! + effect);
      outcome[unit * periods + period] = Math.round(value * 1e4) / 1e4;
    }
  }
  return {
    units,
    periods,
    before,
    outcome,
    treated: Uint8Array.from({ length: units }, (_, unit) => (unit >= units - treated ? 1 : 0)),
  };
}

/** A first-order autoregression with variance 1. */
function lasting(periods: number, correlation: number, random: Random): Float64Array {
  const values = new Float64Array(periods);
  let last = normal(random);
  for (let period = 0; period < periods; period++) {
    last = correlation * last + Math.sqrt(1 - correlation ** 2) * normal(random);
    values[period] = last;
  }
  return values;
}

/** Box & Muller 1958. */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
