import type { LiveSettings } from '../../contracts/campaign.ts';
import type { Query } from '../../contracts/collection.ts';
import type { StandingQuery } from '../liveSource.ts';
import { accountAddress } from './accountAddress.ts';

export type MastodonSettings = Extract<LiveSettings, { type: 'mastodon' }>;

/**
 * What is asked again and again: hashtags and searches of every instance, for each knows another part of the network;
 * an account of its home where that is listed, for no other server has all it says, else of the first.
 *
 * @param accounts of the brand and the candidates, as the network knows them
 * @param members the instances that we have a token of: others search for nobody
 */
export function standingQueries(
  settings: MastodonSettings,
  accounts: readonly string[],
  members: readonly string[],
): StandingQuery[] {
  const { instances, hashtags, search } = settings;
  const onEach = (
    hosts: readonly string[],
    kind: 'hashtag' | 'search',
    subject: string,
    sign = '',
  ): Query[] =>
    hosts.map(host => ({
      kind,
      label: `${kind} ${sign}${subject} at ${new URL(host).host}`,
      subjects: [subject],
      host,
    }));
  return [
    ...hashtags.flatMap(tag => onEach(instances, 'hashtag', tag.replace(/^#/, ''), '#')),
    ...search.flatMap(term => onEach(members, 'search', term)),
    ...onceEach([...settings.accounts, ...accounts]).map((account): Query => {
      const home = accountAddress(account)?.host;
      const host = instances.find(one => new URL(one).host === home) ?? instances[0]!;
      return {
        kind: 'account',
        label: `account ${account} at ${new URL(host).host}`,
        subjects: [account],
        host,
      };
    }),
  ].map(query => ({ query }));
}

/** An account may be listed by its name and by its URI. */
function onceEach(accounts: readonly string[]): string[] {
  const byAddress = new Map<string, string>();
  for (const account of accounts) {
    const address = JSON.stringify(accountAddress(account) ?? account);
    if (!byAddress.has(address)) byAddress.set(address, account);
  }
  return [...byAddress.values()];
}
