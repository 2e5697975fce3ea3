import { parsedBody } from '../http/parsedBody.ts';
import { asObject } from '../knownFields.ts';
import type { Page, PageAsk } from '../liveSource.ts';
import { faultIn } from './gone.ts';
import { type List, listPage, readList } from './pages.ts';
import type { Xrpc } from './xrpc.ts';

const posts: List = { method: 'app.bsky.feed.getPosts', name: 'posts' };
const profile = 'app.bsky.actor.getProfile';
const profiles: List = { method: 'app.bsky.actor.getProfiles', name: 'profiles' };

/** The state of an account, as com.atproto.sync.getRepoStatus tells it. */
interface Repo {
  did: string;
  active: boolean;
  status?: string;
}

/** What the AppView says of an account that it does not show. */
const statuses: Record<string, string> = {
  AccountDeactivated: 'deactivated',
  AccountTakedown: 'takendown',
  InvalidRequest: 'deleted',
};

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
  const repos = await statesOf(authors, xrpc, signal);
  const body = page.body.toString().trimEnd();
  return { ...page, body: Buffer.from(`${body.slice(0, -1)},"repos":${JSON.stringify(repos)}}`) };
}

/** One question tells of all that are shown; the others are asked for one by one. */
async function statesOf(dids: string[], xrpc: Xrpc, signal: AbortSignal): Promise<Repo[]> {
  const answer = await xrpc(profiles.method, { actors: dids }, signal);
  if (answer.status !== 200) throw faultIn(answer);
  const shown = new Map(readList(answer, profiles).items.map(item => [asObject(item)?.did, item]));
  const repos: Repo[] = [];
  for (const did of dids) {
    const view = shown.get(did);
    repos.push(view === undefined ? await hiddenState(did, xrpc, signal) : shownState(did, view));
  }
  return repos;
}

async function hiddenState(did: string, xrpc: Xrpc, signal: AbortSignal): Promise<Repo> {
  const answer = await xrpc(profile, { actor: did }, signal);
  const body = parsedBody(answer);
  if (answer.status === 200) return shownState(did, body);
  const error = asObject(body)?.error;
  const status = typeof error === 'string' ? statuses[error] : undefined;
  if (status === undefined) throw faultIn(answer);
  return { did, active: false, status };
}

/** Whoever blocks the account that asks is not gone for anyone else. */
function shownState(did: string, view: unknown): Repo {
  const { blockedBy, blocking } = asObject(asObject(view)?.viewer) ?? {};
  const isBlocked = blockedBy === true || typeof blocking === 'string';
  return isBlocked ? { did, active: false, status: 'blocked' } : { did, active: true };
}
