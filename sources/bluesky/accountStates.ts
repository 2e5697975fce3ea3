import { parsedBody } from '../http/parsedBody.ts';
import { asObject } from '../knownFields.ts';
import type { Page } from '../liveSource.ts';
import { faultIn } from './gone.ts';
import { type List, readList } from './pages.ts';
import type { Xrpc } from './xrpc.ts';

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
 * The page with the states of accounts added, as `repos`: the AppView calls a message not found when it is deleted and
 * when its account is hidden for a while, and only the first must leave for good.
 */
export async function withStates(page: Page, dids: string[], xrpc: Xrpc, signal: AbortSignal): Promise<Page> {
  const repos = await statesOf(dids, xrpc, signal);
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
