import { z } from 'zod';
import type { Page, PageAsk } from '../liveSource.ts';
import { accountAddress } from './accountAddress.ts';
import type { Instance } from './instance.ts';
import { cursorOf, type Place } from './place.ts';
import { understood } from './statusList.ts';
import { timelinePage } from './timeline.ts';

const account = z.object({
  id: z.union([z.string(), z.int()]).transform(String),
  locked: z.boolean().nullish(),
  suspended: z.boolean().nullish(),
});
const found = z.object({ accounts: z.array(account) });

/**
 * What an account wrote and passed on. The first page is the account itself: its id on this server, and whether it
 * wants to be read by strangers at all; who approves of followers one by one is not asked further.
 */
export async function accountPage(instance: Instance, ask: PageAsk, place: Place): Promise<Page> {
  if (place.account !== undefined) {
    const path = `/api/v1/accounts/${encodeURIComponent(place.account)}/statuses`;
    return timelinePage(instance, path, ask, place);
  }
  const { path, params, isSearch } = wayTo(ask.query.subjects[0]!, instance);
  const answer = await instance.get(path, params, ask);
  const { body, status } = answer;
  const [one] =
    status !== 200
      ? []
      : isSearch
        ? understood(found, answer, instance.host).accounts
        : [understood(account, answer, instance.host)];
  const isOpen = one !== undefined && one.locked !== true && one.suspended !== true;
  return { body, status, next: isOpen ? cursorOf({ account: one.id }) : undefined, posts: 0 };
}

function wayTo(
  subject: string,
  instance: Instance,
): { path: string; params: URLSearchParams; isSearch?: boolean } {
  const address = accountAddress(subject);
  const isHome = address?.host === instance.host;
  if (address !== undefined && 'name' in address) {
    // A server knows its own accounts without its name.
    const acct = isHome ? address.name : `${address.name}@${address.host}`;
    return { path: '/api/v1/accounts/lookup', params: new URLSearchParams({ acct }) };
  }
  if (address !== undefined && isHome)
    return { path: `/api/v1/accounts/${address.number}`, params: new URLSearchParams() };
  // No server tells strangers who has an address; what it answers is kept.
  if (!instance.hasToken)
    return { path: '/api/v1/accounts/lookup', params: new URLSearchParams({ acct: subject }) };
  const params = new URLSearchParams({ type: 'accounts', resolve: 'false', limit: '1', q: subject });
  return { path: '/api/v2/search', params, isSearch: true };
}
