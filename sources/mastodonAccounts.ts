import type { CaptureContext } from '../contracts/collection.ts';
import { asObject } from './knownFields.ts';
import type { MappedAccount } from './source.ts';

const kinds: readonly string[] = ['account', 'records'];

/**
 * The accounts of a body that an account was looked up by: one account, or the accounts of a search. Undefined where it
 * is another body.
 */
export function lookedUp(document: unknown, context: CaptureContext | undefined): unknown[] | undefined {
  const body = asObject(document);
  if (context === undefined || !kinds.includes(context.query.kind) || body === undefined) return undefined;
  if (Array.isArray(body.accounts)) return body.accounts;
  return typeof body.acct === 'string' && body.account === undefined ? [body] : undefined;
}

/** How the accounts are, as their server tells. */
export function* mapStates(accounts: readonly unknown[]): Iterable<{ account: MappedAccount }> {
  for (const one of accounts) {
    const { uri, url, suspended } = asObject(one) ?? {};
    const account = uri ?? url;
    if (typeof account !== 'string') continue;
    const state = suspended === true ? 'suspended' : 'active';
    yield { account: { platform: 'mastodon', account, state, at: null } };
  }
}

/** An account that its own server has no more; what other servers lack they may never have known. */
export function* mapGoneAccount({ query, status }: CaptureContext): Iterable<{ account: MappedAccount }> {
  const [account = ''] = query.subjects;
  const home = URL.parse(account)?.host;
  const isGone = kinds.includes(query.kind) && (status === 404 || status === 410);
  if (!isGone || home === undefined || home !== URL.parse(query.host ?? '')?.host) return;
  yield { account: { platform: 'mastodon', account, state: 'deleted', at: null } };
}
