/** The fields of a message as the `messages` format names them: what every source is turned into. */
export const messageFields = [
  'platform',
  'message_id',
  'author_id',
  'created_at',
  'kind',
  'parent_id',
  'root_id',
  'reply_to_id',
  'via_id',
  'text',
  'language',
  'sentiment',
  'followers',
  'captured_at',
  'likes',
  'views',
  'reshares',
  'quotes',
  'replies',
  'deleted',
] as const;
export type MessageField = (typeof messageFields)[number];

/** Without these a message can't be placed; only a tombstone may lack the last three. */
export const requiredFields = ['platform', 'message_id', 'author_id', 'created_at', 'kind'] as const;

/** Bytes beyond which a line of JSON is refused: no platform's page comes near it. */
export const longestLine = 16 * 1024 * 1024;
