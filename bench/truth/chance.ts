import type { Random } from '../../methods/random.ts';

/** A standard normal number (Box and Muller 1958, the cosine half). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}

/** Student's t with 3 degrees of freedom, scaled to a variance of 1: one day in a hundred lies beyond 2.6 deviations. */
export function heavyTailed(random: Random): number {
  const squares = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2;
  return normal(random) / Math.sqrt(squares);
}

/**
 * A series with memory, x_t = memory · x_{t−1} + innovation, begun in its long-run distribution, so that no day is calmer
 * than another. `spread` is the standard deviation of x_t itself, not of the innovation.
 */
export function autoregressive(
  random: Random,
  days: number,
  { spread, memory, draw = normal }: { spread: number; memory: number; draw?: (random: Random) => number },
): Float64Array {
  const series = new Float64Array(days);
  const innovation = Math.sqrt(1 - memory ** 2);
  let last = draw(random);
  for (let day = 0; day < days; day++) {
    if (day > 0) last = memory * last + innovation * draw(random);
    series[day] = spread * last;
  }
  return series;
}

/** The places 0 … count − 1 in random order (Fisher and Yates). */
export function shuffled(random: Random, count: number): number[] {
  const places = Array.from({ length: count }, (_, place) => place);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    [places[last], places[other]] = [places[other]!, places[last]!];
  }
  return places;
}
