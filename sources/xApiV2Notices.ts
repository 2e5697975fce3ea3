import { z } from 'zod';
import type { AccountState, CaptureContext } from '../contracts/collection.ts';
import type { Findings } from './findings.ts';
import { asObject, textOrNumber } from './knownFields.ts';
import type { Mapped } from './source.ts';

const ofPost = z.object({
  tweet: z.object({ id: textOrNumber, author_id: textOrNumber.nullish() }),
  event_at: z.string().nullish(),
});
const ofUser = z.object({ user: z.object({ id: textOrNumber }), event_at: z.string().nullish() });

/**
 * Events of the compliance streams. What may be undone is a state of the account; a post that was dropped from view has
 * no state to come back to and is gone like a deleted one. A protected account is hidden from all but its followers.
 */
const postEvents = ['delete', 'tweet_delete', 'drop'];
const userEvents: Record<string, AccountState> = {
  user_delete: 'deleted',
  user_undelete: 'active',
  user_suspend: 'suspended',
  user_unsuspend: 'active',
  user_protect: 'deactivated',
  user_unprotect: 'active',
};
/** They change nothing that is kept, or say it again otherwise. */
const otherEvents = [
  'undrop',
  'withheld',
  'tweet_edit',
  'user_withheld',
  'user_profile_modification',
  'scrub_geo',
];

/** A line of what a batch compliance job about posts gives back. */
const jobResult = z.object({ id: textOrNumber, action: z.string(), reason: z.string() });

/** What a compliance stream or job says; undefined where the body is none of theirs. */
export function noticeOf(body: Record<string, unknown>, findings: Findings): Mapped[] | undefined {
  const event = asObject(body.data) ?? body;
  // A post may hold a field `withheld`, too.
  const name =
    'id' in event
      ? undefined
      : [...postEvents, ...Object.keys(userEvents), ...otherEvents].find(
          known => asObject(event[known]) !== undefined,
        );
  if (name === undefined) return resultOf(body, findings);
  const post = ofPost.safeParse(event[name]);
  if (postEvents.includes(name) && post.success) {
    const { id, author_id } = post.data.tweet;
    return [{ fields: { platform: 'x', message_id: id, author_id: author_id ?? null, deleted: 'true' } }];
  }
  const user = ofUser.safeParse(event[name]);
  const state = userEvents[name];
  if (state !== undefined && user.success) {
    const { event_at: at } = user.data;
    return [{ account: { platform: 'x', account: user.data.user.id, state, at: at ?? null } }];
  }
  if (!otherEvents.includes(name)) return [{ fields: { platform: 'x' }, refused: `${name}: names nothing` }];
  findings.count(`notices:${name}`);
  return [];
}

function resultOf(body: Record<string, unknown>, findings: Findings): Mapped[] | undefined {
  const result = jobResult.safeParse(body);
  if (!result.success || 'text' in body) return undefined;
  if (result.data.reason === 'scrub_geo') {
    findings.count('notices:scrub_geo');
    return [];
  }
  return [{ fields: { platform: 'x', message_id: result.data.id, deleted: 'true' } }];
}

const bucket = z.object({ start: z.string(), end: z.string(), tweet_count: z.int().min(0) });

/**
 * How many posts there are by hour, of a page of `counts`; undefined for any other page. Stretches of one hour are
 * added up: the first and the last may be shorter.
 */
export function countsOf(data: unknown, findings: Findings): Mapped[] | undefined {
  if (!Array.isArray(data) || asObject(data[0])?.tweet_count === undefined) return undefined;
  const hours = new Map<string, number>();
  for (const body of data) {
    const parsed = bucket.safeParse(body);
    const start = Date.parse(parsed.data?.start ?? '');
    if (!parsed.success || Number.isNaN(start)) findings.count('counts_not_understood');
    else {
      const hour = new Date(Math.floor(start / 3_600_000) * 3_600_000).toISOString();
      hours.set(hour, (hours.get(hour) ?? 0) + parsed.data.tweet_count);
    }
  }
  return [...hours].map(([hour, expected]) => ({ counted: { hour, expected } }));
}

const errorSchema = z.looseObject({
  title: z.string(),
  resource_type: z.string().nullish(),
  resource_id: textOrNumber.nullish(),
  value: textOrNumber.nullish(),
  parameter: z.string().nullish(),
  detail: z.string().nullish(),
});

const gone = ['Not Found Error', 'Authorization Error'];

/**
 * What the errors beside a page say: posts that were asked for again and are gone or no longer public, and accounts that
 * are suspended or gone.
 */
export function* mapErrors(
  errors: readonly unknown[],
  findings: Findings,
  context: CaptureContext | undefined,
): Iterable<Mapped> {
  findings.count('page_errors', errors.length);
  const asked = new Set(context?.query.kind === 'refresh' ? context.query.subjects : []);
  for (const body of errors) {
    const parsed = errorSchema.safeParse(body);
    if (!parsed.success) continue;
    const { title, resource_type: type, detail } = parsed.data;
    const id = parsed.data.resource_id ?? parsed.data.value ?? '';
    if (type === 'tweet' && gone.includes(title) && asked.has(id))
      yield { fields: { platform: 'x', message_id: id, deleted: 'true' } };
    // Names of accounts stand where numbers do, in errors about mentions.
    if (type !== 'user' || !/^\d+$/.test(id) || /mentions|username/.test(parsed.data.parameter ?? ''))
      continue;
    const isSuspended = /suspended/i.test(detail ?? '');
    const state = isSuspended ? 'suspended' : title === 'Not Found Error' ? 'deleted' : undefined;
    if (state !== undefined) yield { account: { platform: 'x', account: id, state, at: null } };
  }
}
