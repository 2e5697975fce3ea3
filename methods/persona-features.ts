import type { Points } from './points.ts';

/** How a feature is scaled before it is standardised. */
export type Scale = 'plain' | 'log' | 'log1p';

/** A feature of each person. */
export interface Feature {
  name: string;
  scale: Scale;
  /** Of the values, as they are told to people. */
  unit: string;
  /** One value a person, NaN where unknown. */
  values: Float64Array;
}

/** A feature as it was standardised. */
export interface ScaledFeature extends Omit<Feature, 'values'> {
  /** Standardised values, NaN where unknown; 0 where all are the same. */
  standardised: Float64Array;
  /** Whether people are told apart by it: it is known of at least half of them, and not the same for all. */
  isUsed: boolean;
  /** Mean and standard deviation of the scaled values: value = (scaled − centre) / spread. */
  centre: number;
  spread: number;
}

export interface FeatureSpace {
  /** One column a feature that is used, in their order. */
  points: Points;
  features: ScaledFeature[];
}

/** A feature of which less is known says more about who is known than about people. */
const leastKnown = 0.5;
/** One odd person is no group: standardised values are held within so many standard deviations. */
const mostDeviation = 3;

/**
 * Puts people into the space in which they are grouped: features logged where they grow by factors, standardised, held
 * within ±3, the unknown put at the mean (0). Features that are the same for all, or known of less than half, drop out.
 *
 * @param people the first so many values are of the people who are grouped; those behind them are put into their space
 */
export function featureSpace(given: readonly Feature[], people: number): FeatureSpace {
  const features = given.map(feature => standardised(feature, people));
  const rows = given[0]?.values.length ?? people;
  const used = features.filter(({ isUsed }) => isUsed);
  const columns = used.length;
  const values = new Float64Array(rows * columns);
  used.forEach((feature, column) => {
    for (let row = 0; row < rows; row++) {
      const value = feature.standardised[row]!;
      const held = Math.max(-mostDeviation, Math.min(mostDeviation, value));
      values[row * columns + column] = Number.isNaN(value) ? 0 : held;
    }
  });
  return { points: { values, rows, columns }, features };
}

function standardised({ name, scale, unit, values }: Feature, people: number): ScaledFeature {
  const result = values.map(value => scaledValue(value, scale));
  let known = 0;
  let sum = 0;
  const own = result.subarray(0, people);
  for (const value of own) {
    if (Number.isNaN(value)) continue;
    known++;
    sum += value;
  }
  const centre = sum / known;
  let squares = 0;
  for (const value of own) if (!Number.isNaN(value)) squares += (value - centre) ** 2;
  const deviation = Math.sqrt(squares / known);
  // What differs in the last bits only is the same for all.
  const spread = deviation > 1e-9 * Math.max(1, Math.abs(centre)) ? deviation : 0;
  for (let row = 0; row < result.length; row++) {
    const value = result[row]!;
    result[row] = Number.isNaN(value) ? value : spread === 0 ? 0 : (value - centre) / spread;
  }
  const isUsed = spread > 0 && known >= leastKnown * people;
  return { name, scale, unit, centre, spread, standardised: result, isUsed };
}

/** What has no logarithm is unknown. */
function scaledValue(value: number, scale: Scale): number {
  if (scale === 'plain') return value;
  const scaled = scale === 'log' ? Math.log(value) : Math.log1p(value);
  return Number.isFinite(scaled) ? scaled : Number.NaN;
}

/** The value whose scaled value is the given one. */
export function unscaled(scaled: number, scale: Scale): number {
  if (scale === 'plain') return scaled;
  return scale === 'log' ? Math.exp(scaled) : Math.expm1(scaled);
}
