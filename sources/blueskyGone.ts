import { z } from 'zod';
import type { AccountState, CaptureContext, QueryKind } from '../contracts/collection.ts';
import { stateOf } from './blueskyEvents.ts';
import { placeOf } from './blueskyRecords.ts';
import type { Findings } from './findings.ts';
import type { Mapped } from './source.ts';

/** Names that servers give to errors about an account (com.atproto.sync.*, com.atproto.server.*, the AppView). */
const accountErrors: Record<string, AccountState> = {
  AccountDeactivated: 'deactivated',
  DidDeactivated: 'deactivated',
  RepoDeactivated: 'deactivated',
  AccountSuspended: 'suspended',
  AccountTakedown: 'suspended',
  RepoSuspended: 'suspended',
  RepoTakendown: 'suspended',
  AccountNotFound: 'deleted',
  RepoNotFound: 'deleted',
};
const messageErrors = ['NotFound', 'RecordNotFound'];
/** An AppView and a PDS tell no name here, and no reason: the account is not to be seen, which may pass. */
const unseen = /^(Profile not found|Could not find (repo|user))/;
/** The directory of DIDs has no error names. */
const unlisted = /^DID not (registered|available)/;

const repoSchema = z.object({ did: z.string(), active: z.boolean(), status: z.string().nullish() });

/**
 * What an error says of what was asked: an account's state, or that a message is gone. The AppView calls a message not
 * found when its account is hidden, too: `repos` tells the two apart, see `mapMissing`.
 */
export function* mapError(
  { error, message, repos }: Record<string, unknown>,
  findings: Findings,
  context: CaptureContext | undefined,
): Iterable<Mapped> {
  findings.count('page_errors');
  if (context === undefined) return;
  const { kind, subjects } = context.query;
  const [subject] = subjects;
  if (subject === undefined) return;
  const name = typeof error === 'string' ? error : '';
  const state = stateSaid(name, typeof message === 'string' ? message : '', kind);
  // Of a message that can't be had because of its account, its account is told.
  const account = placeOf(subject)?.did ?? subject;
  const states = statesOf(repos, findings);
  for (const [did, { said }] of states) if (said !== undefined) yield accountState(did, said);
  if (state !== undefined && account.startsWith('did:')) yield accountState(account, state);
  else if (
    messageErrors.includes(name) &&
    ['thread', 'quotes', 'reposts', 'refresh'].includes(kind) &&
    states.get(account)?.isHidden !== true
  )
    yield tombstone(subject);
}

function stateSaid(error: string, message: string, kind: QueryKind): AccountState | undefined {
  if (Object.hasOwn(accountErrors, error)) return accountErrors[error];
  if (kind !== 'account' && kind !== 'records') return undefined;
  if (error === 'InvalidRequest' && unseen.test(message)) return 'deactivated';
  return error === '' && unlisted.test(message) ? 'deleted' : undefined;
}

/**
 * What was asked for again and did not come is gone: deleted, or hidden with its account where the page tells the states
 * of accounts (`repos`, as com.atproto.sync.getRepoStatus answers for the authors of what did not come).
 *
 * @param shown at-URIs of the posts that came
 */
export function* mapMissing(
  shown: ReadonlySet<string>,
  repos: unknown,
  findings: Findings,
  { query }: CaptureContext,
): Iterable<Mapped> {
  const states = statesOf(repos, findings);
  for (const [did, { said }] of states) if (said !== undefined) yield accountState(did, said);
  const came = new Set([...shown].map(uri => placeOf(uri)?.did).filter(did => did !== undefined));
  for (const did of came) yield accountState(did, 'active');
  for (const uri of query.subjects) {
    const author = placeOf(uri)?.did;
    if (author === undefined) findings.count('subjects_not_understood');
    else if (!shown.has(uri) && states.get(author)?.isHidden !== true) yield tombstone(uri);
  }
}

/** Of each repository whose status was asked: what that says of its account, and whether its messages are out of sight. */
function statesOf(
  repos: unknown,
  findings: Findings,
): Map<string, { said: AccountState | undefined; isHidden: boolean }> {
  const states = new Map<string, { said: AccountState | undefined; isHidden: boolean }>();
  for (const body of Array.isArray(repos) ? repos : []) {
    const parsed = repoSchema.safeParse(body);
    const said = parsed.success ? stateOf(parsed.data.active, parsed.data.status) : undefined;
    if (said === undefined) findings.count('account_states_not_understood');
    if (parsed.success) states.set(parsed.data.did, { said, isHidden: !parsed.data.active });
  }
  return states;
}

export function accountState(account: string, state: AccountState): Mapped {
  return { account: { platform: 'bluesky', account, state, at: null } };
}

function tombstone(uri: string): Mapped {
  const author_id = placeOf(uri)?.did ?? null;
  return { fields: { platform: 'bluesky', message_id: uri, author_id, deleted: 'true' } };
}
