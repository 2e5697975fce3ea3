import { describe, expect, it } from 'vitest';
import type { Panel } from '../../../methods/panel.ts';
import { areQuietDays } from '../../../methods/quiet-days.ts';
import { seededRandom } from '../../../methods/random.ts';

const periods = 70;

/** Units that sell so many baskets a day on average, each of about ten; days without a basket have no row. */
function shops(meanBaskets: readonly number[], seed: number): Panel {
  const random = seededRandom(seed, 'test', 'quiet days');
  const outcome = new Float64Array(meanBaskets.length * periods);
  meanBaskets.forEach((mean, unit) => {
    for (let period = 0; period < periods; period++) {
      let baskets = 0;
      for (let product = random.next(); product > Math.exp(-mean); product *= random.next()) baskets++;
      let sales = 0;
      for (let basket = 0; basket < baskets; basket++) sales += 5 + 10 * random.next();
      outcome[unit * periods + period] = baskets === 0 ? Number.NaN : sales;
    }
  });
  return {
    units: meanBaskets.length,
    periods,
    before: 42,
    outcome,
    treated: new Uint8Array(meanBaskets.length),
  };
}

const missing = (panel: Panel) => panel.outcome.filter(Number.isNaN).length;

describe('days without a row', () => {
  it('are days without a sale where small shops write none: in 200 seeded worlds of such shops', () => {
    let found = 0;
    for (let seed = 0; seed < 200; seed++) {
      const panel = shops([2, 3, 4, 40, 60], seed);
      expect(missing(panel)).toBeGreaterThan(0);
      found += areQuietDays(panel) ? 1 : 0;
    }
    expect(found).toBeGreaterThanOrEqual(198);
  });

  it('are holes where one is of a shop that sells every day: in 200 worlds with one row lost', () => {
    for (let seed = 0; seed < 200; seed++) {
      const panel = shops([2, 3, 4, 40, 60], seed);
      panel.outcome[3 * periods + (seed % periods)] = Number.NaN;
      expect(areQuietDays(panel)).toBe(false);
    }
  });

  it('are holes where the panel writes 0 elsewhere, where a whole day lacks, and where a small shop lacks weeks', () => {
    const written = shops([2, 40], 1);
    written.outcome[written.outcome.findIndex(Number.isNaN)] = 0;
    expect(areQuietDays(written)).toBe(false);
    const lost = shops([2, 3, 4], 1);
    expect(areQuietDays(lost)).toBe(true);
    for (const unit of [0, 1, 2]) lost.outcome[unit * periods + 9] = Number.NaN;
    expect(areQuietDays(lost)).toBe(false);
    const closed = shops([3, 40], 1);
    expect(areQuietDays(closed)).toBe(true);
    closed.outcome.fill(Number.NaN, 10, 31);
    expect(areQuietDays(closed)).toBe(false);
  });
});
