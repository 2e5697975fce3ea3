import { createHash } from 'node:crypto';
import { CredentialSession, XRPCError } from '@atproto/api';
import { FatalError } from '../../contracts/errors.ts';
import { PassingFault, UnfitAnswer } from '../http/askFault.ts';
import type { PoliteClient } from '../http/politeClient.ts';
import { Withheld } from '../liveSource.ts';
import { markSecret } from '../redaction.ts';
import { nameOf } from '../secrets.ts';

export interface Credentials {
  /** Whose they are: a source's id, which names the variables that hold them. */
  source: string;
  identifier: string;
  password: string;
}

/** The public AppView opens no sessions; those who want one with it sign in at Bluesky's own door. */
const entrances: Record<string, string> = {
  'https://public.api.bsky.app': 'https://bsky.social',
  'https://api.bsky.app': 'https://bsky.social',
};

/**
 * Sessions of this process. Services allow an account a few hundred sign-ins a day (100 at bsky.social), and a source
 * is opened far more often.
 */
const sessions = new Map<string, Promise<CredentialSession>>();

/** Where an account signs in that wants to ask a service. */
export function entranceOf(service: string): URL {
  const { origin, href } = new URL(service);
  return new URL(entrances[origin] ?? href);
}

/**
 * The session of an account, the same for all who ask; renewed by itself when it expires.
 *
 * @param worn a session that is no longer accepted: another is opened in its place
 * @throws FatalError where the account is refused; Withheld where it has signed in too often
 */
export async function sessionOf(
  service: string,
  credentials: Credentials,
  client: PoliteClient,
  worn?: CredentialSession,
): Promise<CredentialSession> {
  const entrance = entranceOf(service);
  const { identifier, password } = credentials;
  const key = createHash('sha256')
    .update(JSON.stringify([entrance.href, identifier, password]))
    .digest('hex');
  const open = await sessions.get(key);
  if (open !== undefined && open !== worn) {
    // The client of whoever opened it may be closed by now.
    open.setFetch(client.fetch);
    return open;
  }
  const opening = signIn(entrance, credentials, client);
  sessions.set(key, opening);
  // A sign-in that failed is no session: the next one tries again.
  opening.catch(() => sessions.delete(key));
  return opening;
}

async function signIn(
  entrance: URL,
  credentials: Credentials,
  client: PoliteClient,
): Promise<CredentialSession> {
  const session = new CredentialSession(entrance, client.fetch, (_event, tokens) => {
    if (tokens === undefined) return;
    markSecret(tokens.accessJwt);
    markSecret(tokens.refreshJwt);
  });
  try {
    const { identifier, password } = credentials;
    await session.login({ identifier, password });
    return session;
  } catch (thrown) {
    throw faultOfSignIn(thrown, credentials.source, entrance.host);
  }
}

const ours = [FatalError, Withheld, PassingFault, UnfitAnswer];

/** What the library throws may hold what the server says; none of that is repeated. */
function faultOfSignIn(thrown: unknown, source: string, host: string): unknown {
  for (let cause = thrown; cause instanceof Error; cause = cause.cause as Error) {
    if (ours.some(kind => cause instanceof kind) || cause.name === 'AbortError') return cause;
  }
  if (!(thrown instanceof XRPCError)) return thrown;
  const { status, error } = thrown;
  if (error === 'AuthFactorTokenRequired') {
    return new FatalError(`${host} wants a code by mail from this account`, {
      next: 'use an app password (Settings, Privacy and security, App passwords)',
    });
  }
  if (error === 'AccountTakedown' || error === 'AccountDeactivated') {
    return new FatalError(`${host} has closed the account that signs in`, { next: 'use another account' });
  }
  if (status === 400 || status === 401 || status === 403) return refusedSignIn(source, host);
  if (status === 404) {
    return new FatalError(`nobody can sign in at ${host}`, {
      next: 'set service to the server where the account lives, like https://bsky.social',
    });
  }
  return new Error(`signing in at ${host} failed (status ${status})`);
}

export function refusedSignIn(source: string, host: string): FatalError {
  const variable = `SILLAGE_${nameOf(source)}`;
  return new FatalError(`${host} does not accept the account or its password`, {
    next: `check ${variable}_IDENTIFIER and ${variable}_PASSWORD; an app password that was revoked has to be replaced`,
  });
}
