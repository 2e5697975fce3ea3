import type { QuotaState } from '../../contracts/collection.ts';

export type { QuotaState };

/**
 * Posts that are paid for, counted so that a quota is never exceeded: what may come is put aside before it is asked for,
 * and what came is written down after. Whoever was killed in between leaves what was put aside as spent, because nobody
 * can tell whether the network had delivered. The state is kept in the entries of the capture log, of which each number
 * is written once: of two attempts that overlap, one alone may ask.
 */
export const noPostsYet: QuotaState = { month: '', spent: 0, reserved: 0 };

/** UTC month of an ISO instant, as the state names it. */
export function monthOf(instant: string): string {
  return instant.slice(0, 7);
}

/**
 * Puts posts aside. The answer must be durable before anything is asked.
 *
 * @param wanted how many posts are asked for at most
 * @returns the state to be kept, and how many may come; undefined where the quota leaves none
 */
export function reserve(
  state: QuotaState,
  { month, quota, wanted }: { month: string; quota: number; wanted: number },
): { state: QuotaState; most: number } | undefined {
  const spent = spentBy(state, month);
  const most = Math.min(wanted, quota - spent);
  return most < 1 ? undefined : { state: { month, spent, reserved: most }, most };
}

/** What came of the posts that were put aside; the rest of them may be asked for again. */
export function settle(state: QuotaState, { month, posts }: { month: string; posts: number }): QuotaState {
  // Asked for in one month and come in the next: which of them pays is the network's to say, so both do.
  const before = state.month === month ? state.spent : 0;
  return { month, spent: before + posts, reserved: 0 };
}

/**
 * Whether what was put aside may still be asked for: not when the month has changed since, because whoever overtook this
 * attempt reckons that it pays from the month before.
 */
export function mayAsk(reserved: QuotaState, month: string): boolean {
  return reserved.month === month;
}

/** Posts that are left to be asked for in a month. */
export function postsLeft(state: QuotaState, { month, quota }: { month: string; quota: number }): number {
  return Math.max(0, quota - spentBy(state, month));
}

/**
 * How many posts to put aside for a page: enough for large pages, and so little that an attempt that is killed loses
 * half a percent of the month at most, or the least page of X.
 */
export function postsOfPage(quota: number): number {
  return Math.min(1500, Math.max(30, Math.floor(quota / 200)));
}

function spentBy(state: QuotaState, month: string): number {
  // What was asked for at the end of a month may have come in the next.
  return state.month === month ? state.spent + state.reserved : state.reserved;
}
