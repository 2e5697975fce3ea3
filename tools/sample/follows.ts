import type { Account, Network } from './people.ts';
import { Random } from './random.ts';
import { topics } from './words.ts';

/** Who follows whom, and how likely a word of one moves the other. */

const mainTopic = (account: Account) =>
  topics.reduce((best, topic) =>
    account.person.interests[topic] > account.person.interests[best] ? topic : best,
  );

/**
 * Draws the follow graph within each network: alike people follow each other (same topic 3.5 times, another
 * language 0.15 times as likely), and the attractive are followed more.
 */
export function follow(accounts: readonly Account[], seed: number): void {
  const random = new Random(seed, 'follows');
  for (const network of ['x', 'mastodon', 'bluesky'] as const satisfies readonly Network[]) {
    const members = accounts.filter(account => account.network === network);
    const interest = new Map(members.map(account => [account, mainTopic(account)]));
    for (const account of members) {
      const { role } = account.person;
      if (role === 'automaton' || role === 'brand') continue;
      const weights = members.map(other =>
        other.person === account.person
          ? 0
          : other.attraction *
            (other.person.language === account.person.language ? 1 : 0.15) *
            (interest.get(other) === interest.get(account) ? 3.5 : 1),
      );
      const wanted = Math.min(
        70,
        Math.round(role === 'influencer' ? random.between(40, 55) : random.skewed(19, 0.5)),
      );
      for (let i = 0; i < wanted; i++) {
        const chosen = random.weighted(weights);
        if (weights[chosen] === 0) continue;
        weights[chosen] = 0;
        account.follows.push(members[chosen]!);
        members[chosen]!.followedBy.push(account);
      }
    }
  }
  for (const account of accounts) {
    const shown = account.followedBy.length * random.skewed(9, 0.7) + random.below(30);
    account.followers = account.person.role === 'fan' ? 184_210 : Math.round(shown);
  }
}

/** The probability that a word of `by` moves `reader`, before topic and form are counted in. */
export function tieProbability(by: Account, reader: Account): number {
  return Math.min(0.5, by.person.reach * reader.person.susceptibility);
}

/** Pairs in which the reader is hostile: `by` → readers who answer one in ten of their words with abuse. */
export function enmities(accounts: readonly Account[], seed: number): Map<Account, Set<Account>> {
  const random = new Random(seed, 'enmities');
  const result = new Map<Account, Set<Account>>();
  for (const by of accounts.filter(account => account.person.role === 'influencer')) {
    const readers = by.followedBy.filter(reader => reader.person.role === 'ordinary');
    result.set(by, new Set(random.sample(readers, 1)));
  }
  return result;
}
export const hostileProbability = 0.1;
