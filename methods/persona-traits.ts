import { type ScaledFeature, unscaled } from './persona-features.ts';

/** How a persona differs from all influential people in one feature. */
export interface Trait {
  feature: string;
  /** `high` also says later in the day, `low` earlier. */
  direction: 'high' | 'low';
  /** Mean standardised value of its people; of the hour, the root mean square of cosine and sine, signed. NULL (NaN): nobody's is known. */
  z: number;
  /** In the feature's own unit: the mean, of logged features the geometric one, of the hour the circular one. NaN: unknown. */
  mean: number;
  /** The same over all influential people. */
  meanOfAll: number;
  unit: string;
  /** Whether the persona is told by it: far enough from the mean of all, and further than so few people stray by chance. */
  isDefining: boolean;
}

/** Half a standard deviation: what Cohen (1988) calls a medium effect. */
const leastDefining = 0.5;
/** Standard errors between the persona's mean and that of all. */
const leastErrors = 3;

/** The traits of a group of people in the features that are used, in their order. */
export function traitsOf(features: readonly ScaledFeature[], rows: readonly number[]): Trait[] {
  const cosine = features.find(({ name }) => name === 'hour_cosine');
  const sine = features.find(({ name }) => name === 'hour_sine');
  const traits: Trait[] = [];
  for (const feature of features) {
    if (cosine === undefined || sine === undefined || (feature !== cosine && feature !== sine)) {
      if (feature.isUsed) traits.push(traitOf(feature, rows));
    } else if (feature === cosine && (cosine.isUsed || sine.isUsed)) {
      traits.push(hourTrait(cosine, sine, rows));
    }
  }
  return traits;
}

function traitOf(feature: ScaledFeature, rows: readonly number[]): Trait {
  const { name, scale, unit, centre, spread } = feature;
  const { z, known } = meanOf(feature, rows);
  return {
    feature: name,
    direction: z < 0 ? 'low' : 'high',
    z,
    mean: unscaled(centre + spread * z, scale),
    meanOfAll: unscaled(centre, scale),
    unit,
    isDefining: isDefining(z, known),
  };
}

/** Cosine and sine say one thing: when on the clock. */
function hourTrait(cosine: ScaledFeature, sine: ScaledFeature, rows: readonly number[]): Trait {
  const c = meanOf(cosine, rows);
  const s = meanOf(sine, rows);
  const mean = hourAt(cosine.centre + cosine.spread * c.z, sine.centre + sine.spread * s.z);
  const meanOfAll = hourAt(cosine.centre, sine.centre);
  // The shorter way round the clock, −12 to 12 hours.
  const later = ((((mean - meanOfAll + 12) % 24) + 24) % 24) - 12;
  const columns = Number(cosine.isUsed) + Number(sine.isUsed);
  const far = Math.sqrt((c.z * c.z + s.z * s.z) / columns);
  const z = later < 0 ? -far : far;
  return {
    feature: 'hour',
    direction: later < 0 ? 'low' : 'high',
    z,
    mean,
    meanOfAll,
    unit: cosine.unit,
    isDefining: isDefining(z, Math.min(c.known, s.known)),
  };
}

function meanOf({ standardised }: ScaledFeature, rows: readonly number[]): { z: number; known: number } {
  let sum = 0;
  let known = 0;
  for (const row of rows) {
    const value = standardised[row]!;
    if (Number.isNaN(value)) continue;
    sum += value;
    known++;
  }
  return { z: known === 0 ? Number.NaN : sum / known, known };
}

function isDefining(z: number, known: number): boolean {
  return Math.abs(z) >= leastDefining && Math.abs(z) * Math.sqrt(known) >= leastErrors;
}

/** The hour of the day, 0 ≤ hour < 24, to which a point on the dial belongs. */
function hourAt(cosine: number, sine: number): number {
  return ((Math.atan2(sine, cosine) / (2 * Math.PI)) * 24 + 24) % 24;
}
