import { asObject } from '../knownFields.ts';
import type { Page, PageAsk } from '../liveSource.ts';
import { withStates } from './accountStates.ts';
import { type List, listPage, readList } from './pages.ts';
import type { Xrpc } from './xrpc.ts';

const posts: List = { method: 'app.bsky.feed.getPosts', name: 'posts' };

/**
 * Posts again. Those that don't come are deleted, or their accounts are hidden, which the answer does not tell apart: the
 * states of these accounts are asked for and added to the page, as `repos`.
 *
 * @throws Error on a message that is no post: the network would say of a repost that it is not there
 */
export async function refreshPage(ask: PageAsk, xrpc: Xrpc): Promise<Page> {
  const { query, signal } = ask;
  if (!query.subjects.every(uri => uri.split('/')[3] === 'app.bsky.feed.post')) {
    throw new Error('of Bluesky only posts can be read again');
  }
  const answer = await xrpc(posts.method, { uris: query.subjects }, signal);
  const page = listPage(answer, posts, ask);
  if (page.status !== 200) return page;
  const { items } = readList(answer, posts);
  const came = new Set(items.map(post => asObject(post)?.uri));
  const missing = query.subjects.filter(uri => !came.has(uri));
  if (missing.length === 0) return page;
  const authors = [...new Set(missing.map(uri => uri.split('/')[2]!))];
  return withStates(page, authors, xrpc, signal);
}
