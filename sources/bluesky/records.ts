import { FatalError } from '../../contracts/errors.ts';
import type { PoliteClient } from '../http/politeClient.ts';
import type { Page, PageAsk } from '../liveSource.ts';
import { saysGone } from './gone.ts';
import type { Identities } from './identities.ts';
import { type List, listPage } from './pages.ts';
import { timeOfRecord } from './times.ts';
import { pathOf } from './xrpc.ts';

const reposts: List = { method: 'com.atproto.repo.listRecords', name: 'records', timeOf: timeOfRecord };

/**
 * What an account passed on, newest first, from the server that keeps its records: the AppView tells who passed a
 * message on, and neither when, nor by which record, nor by whose repost.
 */
export async function recordsPage(ask: PageAsk, identities: Identities, client: PoliteClient): Promise<Page> {
  const did = ask.query.subjects[0]!;
  try {
    const home = await identities.homeOf(did, ask.signal);
    if ('missing' in home) {
      // The directory has words of its own for what the servers of records call so.
      const body = Buffer.from('{"error":"RepoNotFound"}');
      return { status: home.missing.status, body, next: undefined, posts: 0 };
    }
    const parameters = { repo: did, collection: 'app.bsky.feed.repost', limit: 100, cursor: ask.cursor };
    const url = new URL(pathOf(reposts.method, parameters), home.server);
    const answer = await client.ask({ url: url.href, signal: ask.signal });
    // Perhaps it has moved house; then the next question finds the new one.
    if (saysGone(answer)) identities.forget(did);
    return listPage(answer, reposts, ask);
  } catch (error) {
    if (!(error instanceof FatalError)) throw error;
    identities.forget(did);
    // Servers of single people vanish; that is no fault that a reader of this could mend.
    throw new Error('the server that keeps the records of an account can not be asked', { cause: error });
  }
}
