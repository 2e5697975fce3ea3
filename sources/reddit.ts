import type { z } from 'zod';
import type { Findings } from './findings.ts';
import { asObject, countUnknown, misfit } from './knownFields.ts';
import { commentSchema, submissionSchema } from './redditBodies.ts';
import type { MappedRow, Mapper } from './source.ts';

/** Submissions and comments of Reddit, one alone (as archives keep them), in their wrapping, or as listings. */
export const reddit: Mapper = {
  format: 'reddit',
  *map(document, findings) {
    const pending: unknown[] = [document];
    while (pending.length > 0) {
      const value = pending.pop();
      const inner = Array.isArray(value) ? value : childrenOf(asObject(value));
      if (inner !== undefined) for (const child of inner.toReversed()) pending.push(child);
      else {
        const { kind, data } = wrappingOf(asObject(value) ?? {});
        // Answers that the page did not load, by their ids.
        if (kind === 'more') findings.count('answers_not_loaded', countOf(data));
        else if (kind !== undefined && !/^t[13]$/.test(kind)) findings.count('other_things');
        else {
          yield* mapThing(data, kind, findings);
          if (asObject(data.replies) !== undefined) pending.push(data.replies);
        }
      }
    }
  },
};

function childrenOf(body: Record<string, unknown> | undefined): unknown[] | undefined {
  const children = asObject(body?.data)?.children;
  return body?.kind === 'Listing' && Array.isArray(children) ? children : undefined;
}

function wrappingOf(body: Record<string, unknown>): { kind?: string; data: Record<string, unknown> } {
  const data = asObject(body.data);
  return typeof body.kind === 'string' && data !== undefined ? { kind: body.kind, data } : { data: body };
}

function countOf({ count, children }: Record<string, unknown>): number {
  if (typeof count === 'number' && Number.isSafeInteger(count) && count > 0) return count;
  return Array.isArray(children) ? children.length : 0;
}

function* mapThing(
  data: Record<string, unknown>,
  kind: string | undefined,
  findings: Findings,
): Iterable<MappedRow> {
  if (kind === 't1' || (kind === undefined && 'body' in data)) yield mapComment(data, findings);
  else if (kind === 't3' || 'title' in data) {
    yield mapSubmission(data, findings);
    const { crosspost_parent_list: passedOn } = data;
    for (const inner of Array.isArray(passedOn) ? passedOn : [])
      yield { ...mapSubmission(inner, findings), isIncluded: true };
  } else yield { fields: {}, refused: 'is neither a submission nor a comment' };
}

function mapSubmission(body: unknown, findings: Findings): MappedRow {
  const parsed = submissionSchema.safeParse(body);
  if (!parsed.success) return misfitting('submission', body, parsed.error);
  const unmapped = countUnknown(submissionSchema, body, '', findings);
  const post = parsed.data;
  const identity = identityOf('t3', post);
  if (isGone(post.author, post.selftext ?? '') || post.removed_by_category != null)
    return { unmapped, fields: { ...identity, deleted: 'true' } };
  const edges =
    post.crosspost_parent == null
      ? { kind: 'post' }
      : { kind: 'reshare', root_id: fullName('t3', post.crosspost_parent) };
  return {
    unmapped,
    fields: {
      ...identity,
      ...edges,
      text: plain([post.title, post.selftext ?? ''].filter(part => part !== '').join('\n\n')),
      likes: post.hide_score === true ? null : likesOf(post.score),
      views: post.view_count ?? null,
      reshares: post.num_crossposts ?? null,
      replies: post.num_comments ?? null,
    },
  };
}

function mapComment(body: unknown, findings: Findings): MappedRow {
  const parsed = commentSchema.safeParse(body);
  if (!parsed.success) return misfitting('comment', body, parsed.error);
  const unmapped = countUnknown(commentSchema, body, '', findings);
  const comment = parsed.data;
  const identity = identityOf('t1', comment);
  if (isGone(comment.author, comment.body)) return { unmapped, fields: { ...identity, deleted: 'true' } };
  const link = fullName('t3', comment.link_id);
  return {
    unmapped,
    fields: {
      ...identity,
      kind: 'comment',
      // Some archives cut the kind off: what is not the submission is a comment.
      parent_id: fullName('t3', comment.parent_id) === link ? link : fullName('t1', comment.parent_id),
      root_id: link,
      text: plain(comment.body),
      likes: comment.score_hidden === true ? null : likesOf(comment.score),
    },
  };
}

type Thing = Pick<z.infer<typeof commentSchema>, 'id' | 'author' | 'author_fullname' | 'created_utc'> &
  Pick<z.infer<typeof commentSchema>, 'retrieved_on' | 'retrieved_utc'>;

function identityOf(kind: 't1' | 't3', thing: Thing): MappedRow['fields'] {
  const { author } = thing;
  return {
    platform: 'reddit',
    message_id: fullName(kind, thing.id),
    author_id: author === '[deleted]' ? null : (thing.author_fullname ?? author ?? null),
    created_at: timeOf(thing.created_utc),
    captured_at: timeOf(thing.retrieved_utc ?? thing.retrieved_on ?? null),
  };
}

function fullName(kind: 't1' | 't3', id: string): string {
  return /^t\d_/.test(id) ? id : `${kind}_${id}`;
}

/**
 * Deleted by who wrote it, removed by those who watch over it, or left behind by an account that is deleted: Reddit shows
 * nobody as its author then, and nobody can be anyone.
 */
function isGone(author: string | null | undefined, text: string): boolean {
  return author === '[deleted]' || /^\[ ?(deleted|removed)\b[^\]]*\]$/i.test(text.trim());
}

/** Seconds since 1970 as ISO; what is no number as it came, for SQL to refuse. */
function timeOf(seconds: string | null): string | null {
  const time = new Date(seconds === null || seconds.trim() === '' ? Number.NaN : Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? seconds : time.toISOString();
}

/** Up less down: below nothing it no longer says how many liked it. */
function likesOf(score: string | null | undefined): string | null {
  return score == null || score.startsWith('-') ? null : score;
}

/** Reddit writes three characters as HTML does. */
function plain(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

function misfitting(what: string, body: unknown, error: z.ZodError): MappedRow {
  const { id } = asObject(body) ?? {};
  const fields = { platform: 'reddit', message_id: typeof id === 'string' ? id : null };
  return { fields, refused: `${what}: ${misfit(error)}` };
}
