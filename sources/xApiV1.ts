import type { Findings } from './findings.ts';
import { asObject, countUnknown, misfit } from './knownFields.ts';
import type { MappedRow, Mapper } from './source.ts';
import { deletionSchema, type Status, statusSchema } from './xApiV1Bodies.ts';
import { languageOf } from './xLanguage.ts';
import { withFullLinks } from './xLinks.ts';

/** What the streams of v1.1 say besides statuses. */
const notices = [
  'limit',
  'scrub_geo',
  'status_withheld',
  'user_withheld',
  'disconnect',
  'warning',
  'friends',
  'event',
];

/** Statuses of X's API v1.1, alone or as the page of a search, and the deletions of its streams. */
export const xApiV1: Mapper = {
  format: 'x-api-v1',
  *map(document, findings) {
    const body = asObject(document);
    if (body === undefined) {
      yield { fields: {}, refused: 'is not a status' };
      return;
    }
    const deletion = deletionSchema.safeParse(body);
    if (deletion.success) {
      const { id, id_str, user_id, user_id_str } = deletion.data.delete.status;
      const author = user_id_str ?? user_id ?? null;
      yield {
        fields: { platform: 'x', message_id: id_str ?? id ?? null, author_id: author, deleted: 'true' },
      };
    } else if (Array.isArray(body.statuses)) {
      for (const status of body.statuses) yield* mapStatus(status, findings);
    } else {
      const notice = notices.find(name => Object.keys(body).length === 1 && name in body);
      if (notice === undefined) yield* mapStatus(body, findings);
      else findings.count(`notices:${notice}`);
    }
  },
};

/** The status, then those that stand inside it, each once. */
function* mapStatus(body: unknown, findings: Findings): Iterable<MappedRow> {
  yield mapOne(body, findings);
  const seen = new Set<string>();
  for (const inner of innerStatuses(body)) {
    const row = mapOne(inner, findings);
    const id = row.fields.message_id;
    if (id != null && seen.has(id)) continue;
    if (id != null) seen.add(id);
    yield { ...row, isIncluded: true };
  }
}

/** A repost holds the status that it reposts, which may hold the one that it quotes. */
function innerStatuses(body: unknown): unknown[] {
  const status = asObject(body);
  const inner = [status?.retweeted_status, status?.quoted_status].filter(
    value => asObject(value) !== undefined,
  );
  return inner
    .flatMap(value => [value, asObject(value)?.quoted_status])
    .filter(value => asObject(value) !== undefined);
}

function mapOne(body: unknown, findings: Findings): MappedRow {
  const parsed = statusSchema.safeParse(body);
  if (!parsed.success) {
    const id = asObject(body)?.id_str;
    const known = typeof id === 'string' ? id : null;
    return { fields: { platform: 'x', message_id: known }, refused: `status: ${misfit(parsed.error)}` };
  }
  const status = parsed.data;
  const unmapped = countUnknown(statusSchema, body, '', findings);
  const edges = edgesOf(status, body);
  return {
    unmapped,
    fields: {
      platform: 'x',
      message_id: status.id_str ?? status.id ?? null,
      author_id: status.user?.id_str ?? status.user?.id ?? null,
      created_at: isoOf(status.created_at),
      ...edges,
      text:
        withFullLinks(status.extended_tweet?.full_text ?? null, status.extended_tweet?.entities) ??
        withFullLinks(status.full_text ?? status.text ?? null, status.entities),
      language: languageOf(status.lang === 'in' ? 'id' : status.lang),
      followers: status.user?.followers_count ?? null,
      likes: status.favorite_count ?? null,
      // A repost shows the counts of what it passes on.
      ...(edges.kind !== 'reshare' && {
        reshares: status.retweet_count ?? null,
        quotes: status.quote_count ?? null,
        replies: status.reply_count ?? null,
      }),
    },
  };
}

function edgesOf(status: Status, body: unknown): MappedRow['fields'] {
  const answered = status.in_reply_to_status_id_str ?? status.in_reply_to_status_id ?? null;
  const inner = asObject(body);
  const reposted = idOf(inner?.retweeted_status);
  if (reposted !== null) return { kind: 'reshare', root_id: reposted };
  const quoted = status.quoted_status_id_str ?? status.quoted_status_id ?? idOf(inner?.quoted_status);
  if (quoted !== null) return { kind: 'quote', parent_id: quoted, reply_to_id: answered };
  return answered === null ? { kind: 'post' } : { kind: 'reply', parent_id: answered };
}

function idOf(value: unknown): string | null {
  const parsed = statusSchema.pick({ id: true, id_str: true }).safeParse(value);
  return parsed.success ? (parsed.data.id_str ?? parsed.data.id ?? null) : null;
}

const v1Time = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{2}) (\d{2}:\d{2}:\d{2}) ([+-]\d{4}) (\d{4})$/;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `Sat Jul 19 14:53:39 +0000 2014` as ISO 8601; anything else as it came. */
function isoOf(time: string | null | undefined): string | null {
  const [, month, day, clock, zone, year] = v1Time.exec(time ?? '') ?? [];
  const number = months.indexOf(month ?? '') + 1;
  if (number === 0) return time ?? null;
  return `${year}-${String(number).padStart(2, '0')}-${day}T${clock}${zone!.slice(0, 3)}:${zone!.slice(3)}`;
}
