import gammaln from '@stdlib/math-base-special-gammaln';

/** A beta-binomial population: shares around `mean`, each as if `strength` words of it were known beforehand. */
export interface Population {
  /** m, 0..1. */
  mean: number;
  /** κ, in words. */
  strength: number;
}

/** Beyond these κ is as good as none, and as good as everybody being the same. */
export const strengthBounds = { least: 0.01, most: 1e6 } as const;

/**
 * Log-likelihood of shares y_u of n_u under a beta-binomial, without the terms that do not depend on it:
 * Σ ln B(y + κm, n − y + κ(1 − m)) − ln B(κm, κ(1 − m)). Fractional masses y are allowed.
 *
 * @param times how many people each pair (y, n) stands for; 1 where not given
 */
export function logLikelihood(
  part: Float64Array,
  whole: Float64Array,
  { mean, strength }: Population,
  times?: Float64Array,
): number {
  const a = strength * mean;
  const b = strength * (1 - mean);
  const prior = gammaln(a) + gammaln(b) - gammaln(strength);
  let sum = 0;
  for (let at = 0; at < part.length; at++) {
    const y = part[at]!;
    const n = whole[at]!;
    const term = gammaln(y + a) + gammaln(n - y + b) - gammaln(n + strength) - prior;
    sum += times === undefined ? term : times[at]! * term;
  }
  return sum;
}

/**
 * Maximum likelihood of m and κ by Newton's method in (logit m, ln κ) with differences for derivatives, from the
 * moments, with halved steps where a whole one does not climb.
 *
 * @returns undefined where the masses say nothing: nobody, all masses 0, or all whole
 */
export function fitPopulation(part: Float64Array, whole: Float64Array): Population | undefined {
  const sumPart = part.reduce((sum, y) => sum + y, 0);
  const sumWhole = whole.reduce((sum, n) => sum + n, 0);
  if (!(sumPart > 0) || !(sumPart < sumWhole)) return undefined;
  const pairs = distinct(part, whole);
  const value = (at: readonly [number, number]) =>
    logLikelihood(pairs.part, pairs.whole, populationAt(at), pairs.times);
  let at = startOf(part, whole, sumPart / sumWhole);
  let best = value(at);
  for (let round = 0; round < 60; round++) {
    const step = newtonStep(value, at, best);
    let length = 1;
    let next: [number, number] = at;
    let height = best;
    for (; length > 1e-6; length /= 2) {
      next = bounded([at[0] + length * step[0], at[1] + length * step[1]]);
      height = value(next);
      if (height > best) break;
    }
    if (height <= best) break;
    const moved = Math.max(Math.abs(next[0] - at[0]), Math.abs(next[1] - at[1]));
    at = next;
    best = height;
    if (moved < 1e-7) break;
  }
  return populationAt(at);
}

/** Every pair once with the people it stands for: of most topics most people say nothing. */
function distinct(part: Float64Array, whole: Float64Array) {
  const places = new Map<string, number>();
  const count = new Float64Array(part.length);
  const first: number[] = [];
  for (let at = 0; at < part.length; at++) {
    const key = `${part[at]} ${whole[at]}`;
    let place = places.get(key);
    if (place === undefined) {
      place = first.push(at) - 1;
      places.set(key, place);
    }
    count[place]!++;
  }
  return {
    part: Float64Array.from(first, at => part[at]!),
    whole: Float64Array.from(first, at => whole[at]!),
    times: count.slice(0, first.length),
  };
}

function populationAt([logit, logStrength]: readonly [number, number]): Population {
  return { mean: 1 / (1 + Math.exp(-logit)), strength: Math.exp(logStrength) };
}

function bounded([logit, logStrength]: [number, number]): [number, number] {
  const { least, most } = strengthBounds;
  return [
    Math.min(30, Math.max(-30, logit)),
    Math.min(Math.log(most), Math.max(Math.log(least), logStrength)),
  ];
}

/** From the moments of the shares: their variance beyond that of drawing words. */
function startOf(part: Float64Array, whole: Float64Array, mean: number): [number, number] {
  let spread = 0;
  let drawn = 0;
  let people = 0;
  for (let at = 0; at < part.length; at++) {
    const n = whole[at]!;
    if (n < 2) continue;
    people++;
    spread += (part[at]! / n - mean) ** 2;
    drawn += 1 / n;
  }
  const variance = people === 0 ? 0 : spread / people / (mean * (1 - mean));
  const noise = people === 0 ? 1 : drawn / people;
  const intraclass = Math.min(0.9, Math.max(1e-4, (variance - noise) / (1 - noise || 1)));
  return bounded([Math.log(mean / (1 - mean)), Math.log(1 / intraclass - 1)]);
}

/** Where the quadratic through nine points has its top, at most 2 away; uphill where it has none. */
function newtonStep(
  value: (at: readonly [number, number]) => number,
  [x, y]: readonly [number, number],
  here: number,
): [number, number] {
  const h = 1e-3;
  const [east, west] = [value([x + h, y]), value([x - h, y])];
  const [north, south] = [value([x, y + h]), value([x, y - h])];
  const mixed =
    (value([x + h, y + h]) - value([x + h, y - h]) - value([x - h, y + h]) + value([x - h, y - h])) / 4;
  const gx = (east - west) / (2 * h);
  const gy = (north - south) / (2 * h);
  const xx = (east - 2 * here + west) / (h * h);
  const yy = (north - 2 * here + south) / (h * h);
  const xy = mixed / (h * h);
  const determinant = xx * yy - xy * xy;
  const isTop = xx < 0 && determinant > 0;
  const step: [number, number] = isTop
    ? [-(yy * gx - xy * gy) / determinant, -(xx * gy - xy * gx) / determinant]
    : [gx, gy];
  const length = Math.hypot(step[0], step[1]);
  const scale = length > 2 || !isTop ? Math.min(1, 2 / (length || 1)) : 1;
  return [step[0] * scale, step[1] * scale];
}
