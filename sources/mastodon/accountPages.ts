import { z } from 'zod';
import { type Page, type PageAsk, Unanswerable } from '../liveSource.ts';
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
 *
 * @throws Unanswerable where the server never knew the account, or may never have: nothing that it says was covered
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
  if (
    one === undefined &&
    ask.query.kind === 'account' &&
    !isGoneAtHome(ask.query.subjects[0]!, status, instance)
  )
    throw unknownAccount(ask.query.subjects[0]!, instance);
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

/** Of an account that is known by its URI its home says that it is gone; a name may have been misspelled. */
function isGoneAtHome(subject: string, status: number, { host }: Instance): boolean {
  return status === 410 || (status === 404 && URL.parse(subject)?.host === host);
}

function unknownAccount(account: string, { host }: Instance): Unanswerable {
  return new Unanswerable(
    `${host} knows no account ${JSON.stringify(account).slice(0, 120)}`,
    'mend it among accounts in the campaign file, or list the instance where it is at home',
  );
}
