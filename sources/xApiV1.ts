import { z } from 'zod';
import type { Findings } from './findings.ts';
import { asObject, countUnknown, misfit, textOrNumber, unused, unusedFields } from './knownFields.ts';
import type { MappedRow, Mapper } from './source.ts';
import { languageOf } from './xLanguage.ts';

const userSchema = z.object({
  id: textOrNumber.nullish(),
  id_str: z.string().nullish(),
  followers_count: textOrNumber.nullish(),
  ...unusedFields(
    'name',
    'screen_name',
    'location',
    'url',
    'description',
    'protected',
    'verified',
    'verified_type',
  ),
  ...unusedFields(
    'friends_count',
    'fast_followers_count',
    'normal_followers_count',
    'listed_count',
    'media_count',
  ),
  ...unusedFields(
    'favourites_count',
    'statuses_count',
    'created_at',
    'utc_offset',
    'time_zone',
    'geo_enabled',
  ),
  ...unusedFields(
    'lang',
    'contributors_enabled',
    'is_translator',
    'is_translation_enabled',
    'translator_type',
  ),
  ...unusedFields(
    'profile_background_color',
    'profile_background_image_url',
    'profile_background_image_url_https',
  ),
  ...unusedFields(
    'profile_background_tile',
    'profile_link_color',
    'profile_sidebar_border_color',
    'entities',
  ),
  ...unusedFields('profile_sidebar_fill_color', 'profile_text_color', 'profile_use_background_image'),
  ...unusedFields('profile_image_url', 'profile_image_url_https', 'profile_banner_url', 'profile_location'),
  ...unusedFields('default_profile', 'default_profile_image', 'has_extended_profile', 'following', 'status'),
  ...unusedFields(
    'follow_request_sent',
    'notifications',
    'pinned_tweet_ids',
    'pinned_tweet_ids_str',
    'derived',
  ),
  ...unusedFields(
    'withheld_in_countries',
    'withheld_scope',
    'live_following',
    'muting',
    'blocking',
    'blocked_by',
  ),
});

const statusSchema = z.object({
  id: textOrNumber.nullish(),
  id_str: z.string().nullish(),
  created_at: z.string().nullish(),
  text: z.string().nullish(),
  full_text: z.string().nullish(),
  extended_tweet: z
    .object({
      full_text: z.string().nullish(),
      ...unusedFields('display_text_range', 'entities', 'extended_entities'),
    })
    .nullish(),
  in_reply_to_status_id: textOrNumber.nullish(),
  in_reply_to_status_id_str: z.string().nullish(),
  quoted_status_id: textOrNumber.nullish(),
  quoted_status_id_str: z.string().nullish(),
  user: userSchema.nullish(),
  lang: z.string().nullish(),
  favorite_count: textOrNumber.nullish(),
  retweeted_status: unused,
  quoted_status: unused,
  ...unusedFields(
    'source',
    'truncated',
    'display_text_range',
    'entities',
    'extended_entities',
    'geo',
    'coordinates',
  ),
  ...unusedFields(
    'in_reply_to_user_id',
    'in_reply_to_user_id_str',
    'in_reply_to_screen_name',
    'place',
    'metadata',
  ),
  ...unusedFields('contributors', 'is_quote_status', 'quoted_status_permalink', 'quote_count', 'reply_count'),
  ...unusedFields(
    'retweet_count',
    'favorited',
    'retweeted',
    'possibly_sensitive',
    'possibly_sensitive_appealable',
  ),
  ...unusedFields('possibly_sensitive_editable', 'filter_level', 'matching_rules', 'timestamp_ms', 'scopes'),
  ...unusedFields(
    'current_user_retweet',
    'withheld_copyright',
    'withheld_in_countries',
    'withheld_scope',
    'annotations',
  ),
  ...unusedFields(
    'contributorsIDs',
    'supplemental_language',
    'card',
    'card_uri',
    'conversation_id',
    'conversation_id_str',
  ),
});
type Status = z.infer<typeof statusSchema>;

const deletionSchema = z.object({
  delete: z.object({
    status: z.object({
      id: textOrNumber.nullish(),
      id_str: z.string().nullish(),
      user_id: textOrNumber.nullish(),
      user_id_str: z.string().nullish(),
    }),
  }),
});

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
  return {
    unmapped,
    fields: {
      platform: 'x',
      message_id: status.id_str ?? status.id ?? null,
      author_id: status.user?.id_str ?? status.user?.id ?? null,
      created_at: isoOf(status.created_at),
      ...edgesOf(status, body),
      text: status.extended_tweet?.full_text ?? status.full_text ?? status.text ?? null,
      language: languageOf(status.lang === 'in' ? 'id' : status.lang),
      followers: status.user?.followers_count ?? null,
      likes: status.favorite_count ?? null,
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
