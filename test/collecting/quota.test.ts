import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  mayAsk,
  monthOf,
  noPostsYet,
  postsLeft,
  postsOfPage,
  type QuotaState,
  reserve,
  settle,
} from '../../activities/collecting/quota.ts';

const monthAt = (day: number) => monthOf(new Date(Date.UTC(2026, 0, 1 + day)).toISOString());
const november = '2026-11';

describe('a quota', () => {
  test('gives what is left of the month, and takes back what did not come', () => {
    const first = reserve(noPostsYet, { month: november, quota: 100, wanted: 60 })!;
    expect(first).toEqual({ state: { month: november, spent: 0, reserved: 60 }, most: 60 });
    const settled = settle(first.state, { month: november, posts: 25 });
    expect(settled).toEqual({ month: november, spent: 25, reserved: 0 });
    expect(postsLeft(settled, { month: november, quota: 100 })).toBe(75);
    expect(reserve(settled, { month: november, quota: 100, wanted: 300 })).toMatchObject({ most: 75 });
  });

  test('counts as spent what nobody settled', () => {
    const killed: QuotaState = { month: november, spent: 20, reserved: 60 };
    expect(postsLeft(killed, { month: november, quota: 100 })).toBe(20);
    expect(reserve(killed, { month: november, quota: 100, wanted: 60 })).toEqual({
      state: { month: november, spent: 80, reserved: 20 },
      most: 20,
    });
    expect(reserve({ ...killed, spent: 40 }, { month: november, quota: 100, wanted: 60 })).toBeUndefined();
  });

  test('begins anew with the month, save for what may have come across its end', () => {
    const october: QuotaState = { month: '2026-10', spent: 90, reserved: 10 };
    expect(postsLeft(october, { month: november, quota: 100 })).toBe(90);
    expect(settle(october, { month: november, posts: 7 })).toEqual({
      month: november,
      spent: 7,
      reserved: 0,
    });
    expect(monthOf('2026-10-31T23:59:59.999Z')).toBe('2026-10');
  });

  test.each([
    [1, 30],
    [6_000, 30],
    [10_000, 50],
    [1_000_000, 1500],
  ])('of %d posts puts %d aside for a page', (quota, page) => expect(postsOfPage(quota)).toBe(page));

  test('is never exceeded, whoever is killed when, and however attempts overlap', () => {
    // An attempt reads the newest entry, reserves, asks, and settles; each writes the next number, or gives up.
    const step = fc.record({
      who: fc.integer({ min: 0, max: 3 }),
      does: fc.constantFrom('reserve', 'ask', 'settle', 'die'),
      wanted: fc.integer({ min: 1, max: 60 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      days: fc.integer({ min: 0, max: 4 }),
    });
    const worlds = fc.record({
      quota: fc.integer({ min: 1, max: 200 }),
      steps: fc.array(step, { maxLength: 120 }),
    });
    fc.assert(
      fc.property(worlds, ({ quota, steps }) => {
        const log: QuotaState[] = [noPostsYet];
        const attempts = new Map<
          number,
          { entry: number; most: number; posts: number; has: 'most' | 'posts' }
        >();
        const delivered = new Map<string, number>();
        let day = 0;
        for (const { who, does, wanted, share, days } of steps) {
          day += days;
          const month = monthAt(day);
          const attempt = attempts.get(who);
          if (does === 'die') attempts.delete(who);
          else if (does === 'reserve' && attempt === undefined) {
            const given = reserve(log.at(-1)!, { month, quota, wanted });
            if (given === undefined) continue;
            log.push(given.state);
            attempts.set(who, { entry: log.length - 1, most: given.most, posts: 0, has: 'most' });
          } else if (does === 'ask' && attempt?.has === 'most') {
            const posts = mayAsk(log[attempt.entry]!, month) ? Math.floor(attempt.most * share) : 0;
            // The network's clock may be in the next month already, when the attempt was not overtaken.
            const isNewest = attempt.entry === log.length - 1;
            const paying = isNewest ? monthAt(day + days) : month;
            if (isNewest) day += days;
            delivered.set(paying, (delivered.get(paying) ?? 0) + posts);
            attempts.set(who, { ...attempt, posts, has: 'posts' });
          } else if (does === 'settle' && attempt?.has === 'posts') {
            // Another attempt wrote the number that this one would: it gives up.
            if (attempt.entry === log.length - 1)
              log.push(settle(log.at(-1)!, { month, posts: attempt.posts }));
            attempts.delete(who);
          }
        }
        for (const posts of delivered.values()) expect(posts).toBeLessThanOrEqual(quota);
      }),
      { numRuns: 2000 },
    );
  });
});
