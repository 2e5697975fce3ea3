/** How two things go together in messages: both in `joint` of `total`, the one in `first`, the other in `second`. */
export interface Counts {
  joint: number;
  first: number;
  second: number;
  total: number;
}

/** The least G² of one degree of freedom that chance gives once in a thousand. */
export const significant = 10.827566170662733;

/**
 * Normalised pointwise mutual information (Bouma 2009): ln(p(x,y) / p(x)p(y)) / −ln p(x,y), from −1 (never together)
 * through 0 (independent) to 1 (never apart).
 */
export function npmi({ joint, first, second, total }: Counts): number {
  if (joint === 0) return -1;
  if (joint === total) return 0;
  return Math.log((joint * total) / (first * second)) / -Math.log(joint / total);
}

/** Log-likelihood ratio of the two being independent (Dunning 1993), of one degree of freedom. */
export function likelihoodRatio({ joint, first, second, total }: Counts): number {
  const cell = (observed: number, row: number, column: number) =>
    observed <= 0 ? 0 : observed * Math.log((observed * total) / (row * column));
  const ratio =
    2 *
    (cell(joint, first, second) +
      cell(first - joint, first, total - second) +
      cell(second - joint, total - first, second) +
      cell(total - first - second + joint, total - first, total - second));
  return Math.max(0, ratio);
}

/** Whether the two are together more often than chance would have it. */
export function goTogether(counts: Counts): boolean {
  const { joint, first, second, total } = counts;
  return joint * total > first * second && likelihoodRatio(counts) > significant;
}
