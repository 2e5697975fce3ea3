import type { Points } from './points.ts';

/** How a feature is scaled before it is standardised. */
export type Scale = 'plain' | 'log' | 'log1p';

/** A feature of each person. */
export interface Feature {
  name: string;
  /** Features that say one thing together (sine and cosine of the hour; the shares of the networks) and weigh as one. */
  subject: string;
  scale: Scale;
  /** One value a person, NaN where unknown. */
  values: Float64Array;
}

/** A feature as it stands among the points. */
export interface UsedFeature extends Omit<Feature, 'values'> {
  /** Standardised values, NaN where unknown. */
  standardised: Float64Array;
  /** Mean and standard deviation of the scaled values: value = (scaled − centre) / spread. */
  centre: number;
  spread: number;
}

export interface FeatureSpace {
  points: Points;
  used: UsedFeature[];
}

/** A feature of which less is known says more about who is known than about people. */
const leastKnown = 0.5;
/** One odd person is no group: standardised values are held within so many standard deviations. */
const mostDeviation = 3;

/**
 * Puts people into the space in which they are grouped: features logged where they grow by factors, standardised, held
 * within ±3, the unknown put at the mean (0), and each subject given the same weight, however many columns it has.
 * Features that are the same for all, or known of less than half, drop out.
 */
export function featureSpace(features: readonly Feature[], rows: number): FeatureSpace {
  const used = features.map(feature => standardised(feature, rows)).filter(feature => feature !== undefined);
  const columns = used.length;
  const values = new Float64Array(rows * columns);
  used.forEach((feature, column) => {
    const weight = 1 / Math.sqrt(used.filter(other => other.subject === feature.subject).length);
    for (let row = 0; row < rows; row++) {
      const value = feature.standardised[row]!;
      const held = Math.max(-mostDeviation, Math.min(mostDeviation, value));
      values[row * columns + column] = Number.isNaN(value) ? 0 : weight * held;
    }
  });
  return { points: { values, rows, columns }, used };
}

function standardised({ name, subject, scale, values }: Feature, rows: number): UsedFeature | undefined {
  const scaled = values.map(value => scaledValue(value, scale));
  const known = scaled.filter(value => !Number.isNaN(value));
  if (known.length === 0 || known.length < leastKnown * rows) return undefined;
  const centre = known.reduce((sum, value) => sum + value, 0) / known.length;
  const spread = Math.sqrt(known.reduce((sum, value) => sum + (value - centre) ** 2, 0) / known.length);
  // What differs in the last bits only is the same for all.
  if (!(spread > 1e-9 * Math.max(1, Math.abs(centre)))) return undefined;
  return {
    name,
    subject,
    scale,
    centre,
    spread,
    standardised: scaled.map(value => (value - centre) / spread),
  };
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
