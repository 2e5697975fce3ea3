import { z } from 'zod';
import { textOrNumber, unused, unusedFields } from './knownFields.ts';

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

/** A status of the v1.1 API: what is read of it, and the documented fields that are not. */
export const statusSchema = z.object({
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
  retweet_count: textOrNumber.nullish(),
  quote_count: textOrNumber.nullish(),
  reply_count: textOrNumber.nullish(),
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
  ...unusedFields('contributors', 'is_quote_status', 'quoted_status_permalink'),
  ...unusedFields('favorited', 'retweeted', 'possibly_sensitive', 'possibly_sensitive_appealable'),
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
export type Status = z.infer<typeof statusSchema>;

/** The stream's word that a status was deleted. */
export const deletionSchema = z.object({
  delete: z.object({
    status: z.object({
      id: textOrNumber.nullish(),
      id_str: z.string().nullish(),
      user_id: textOrNumber.nullish(),
      user_id_str: z.string().nullish(),
    }),
  }),
});
