/**
 * The bounds of OPIM-C (Tang, Tang, Xiao, Yuan 2018) on the reach of a set of candidates, from how far it covers `sets`
 * independent reverse-reachable sets.
 *
 * The paper's sets are covered or not. Ours are covered with a weight x = 1 − Π(1 − acceptance) in 0..1, and the bounds
 * hold all the same: they rest on E e^(tx) of independent coins alone, and for any x in 0..1 of mean p that is at most
 * 1 + p(e^t − 1), a coin's, because e^(tx) ≤ 1 + x(e^t − 1) is convexity.
 */
export interface Sampled {
  /** Number of sets. */
  sets: number;
  /** Reach that one set out of `sets` stands for: n of the paper, or Σ value of those who can be reached. */
  worth: number;
  /** a = ln(1 / probability that the bound fails). */
  doubt: number;
}

/**
 * a = ln(statements · rounds / δ): with it each of `statements` bounds holds in each of `rounds`, all together with
 * probability 1 − δ. OPIM-C makes 3 a round.
 */
export function doubtOf(statements: number, rounds: number, delta: number): number {
  return Math.log((statements * rounds) / delta);
}

/** σ_low: the reach of a set that covers `covered` sets drawn independently of it is at least this. */
export function reachAtLeast(covered: number, { sets, worth, doubt }: Sampled): number {
  const root = Math.sqrt(covered + (2 * doubt) / 9) - Math.sqrt(doubt / 2);
  return Math.max(0, ((root * root - doubt / 18) * worth) / sets);
}

/**
 * OPT_up: no set reaches more than this when none covers more than `covered` of the sets; also the upper bound on the reach
 * of one set that covers `covered` sets drawn independently of it. Never above `worth`.
 */
export function reachAtMost(covered: number, { sets, worth, doubt }: Sampled): number {
  const root = Math.sqrt(covered + doubt / 2) + Math.sqrt(doubt / 2);
  return Math.min(worth, (root * root * worth) / sets);
}
