import { z } from 'zod';
import type { AccountState } from '../contracts/collection.ts';
import { likes, posts, recordRow, reposts } from './blueskyRecords.ts';
import { timeOfMicros } from './blueskyTime.ts';
import type { Findings } from './findings.ts';
import { countUnknown, misfit, textOrNumber, unused, unusedFields } from './knownFields.ts';
import type { Mapped, MappedAccount } from './source.ts';

/** An event as Jetstream writes it; `seq` is the firehose's own number. */
const eventSchema = z.object({
  did: z.string().regex(/^did:[a-z]+:[^\s/]+$/, 'expected a DID'),
  time_us: textOrNumber.nullish(),
  kind: z.string(),
  commit: z
    .object({
      operation: z.string(),
      collection: z.string(),
      rkey: z.string().min(1),
      record: unused,
      ...unusedFields('rev', 'cid'),
    })
    .nullish(),
  account: z
    .object({
      active: z.boolean(),
      status: z.string().nullish(),
      ...unusedFields('did', 'seq', 'time', '$type'),
    })
    .nullish(),
  ...unusedFields('identity', 'seq'),
});

const hidingStates: Record<string, AccountState> = {
  deactivated: 'deactivated',
  suspended: 'suspended',
  takendown: 'suspended',
  deleted: 'deleted',
};

/** What hosts say of an account; undefined where it only says how the hosts get on with each other. */
export function stateOf(active: boolean, status: string | null | undefined): AccountState | undefined {
  if (active) return 'active';
  // A host that says no reason only says that the account is not to be shown.
  return status == null ? 'deactivated' : hidingStates[status];
}

/**
 * A record that was written, changed or deleted, or what became of an account. A change is the message again, captured
 * later. Nobody can date an event but who passed it on, so that `time_us` is when it was captured, too.
 */
export function* mapEvent(body: unknown, findings: Findings): Iterable<Mapped> {
  const parsed = eventSchema.safeParse(body);
  if (!parsed.success) {
    yield { fields: { platform: 'bluesky' }, refused: `event: ${misfit(parsed.error)}` };
    return;
  }
  const unmapped = countUnknown(eventSchema, body, '', findings);
  const { did, time_us, kind, commit, account } = parsed.data;
  const at = timeOfMicros(time_us) ?? null;
  if (kind === 'account' && account != null) {
    const state = stateOf(account.active, account.status);
    if (state === undefined) findings.count('account_states_not_understood');
    else yield { account: { platform: 'bluesky', account: did, state, at } satisfies MappedAccount };
  } else if (kind === 'commit' && commit != null) {
    const { operation, collection, rkey } = commit;
    const uri = `at://${did}/${collection}/${rkey}`;
    const row =
      operation === 'delete'
        ? deletion(uri, did, collection, findings)
        : recordRow(uri, commit.record, at, findings);
    if (row !== undefined) yield { unmapped, ...row, fields: { ...row.fields, captured_at: at } };
  } else if (kind !== 'identity') findings.count('unknown_events');
}

function deletion(uri: string, did: string, collection: string, findings: Findings) {
  if (collection === likes) findings.count('likes_not_staged');
  else if (collection !== posts && collection !== reposts) findings.count('other_records');
  else return { fields: { platform: 'bluesky', message_id: uri, author_id: did, deleted: 'true' } };
  return undefined;
}
