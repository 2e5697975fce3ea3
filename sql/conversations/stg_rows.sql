-- Every row of a file that is not refused, typed, its ids under their platform.
-- grain: file_sha256, line, item
-- check: message_id LIKE platform || ':_%'
-- check: is_deleted OR (author_id LIKE platform || ':_%' AND created_at IS NOT NULL AND kind IS NOT NULL)
-- check: line >= 1 AND item >= 0 AND unmapped_fields >= 0
WITH accepted AS (
  SELECT r.*
  FROM raw_rows r
  ANTI JOIN stg_refusals f ON f.line = r.line AND f.item = r.item
)
SELECT
  params.file_sha256,
  line,
  item,
  is_included,
  unmapped_fields,
  platform,
  CASE
    WHEN message_id = '' THEN NULL
    WHEN NOT contains(message_id, ':') THEN platform || ':' || message_id
    WHEN split_part(message_id, ':', 1) = platform OR split_part(message_id, ':', 1) IN ('x', 'bluesky', 'mastodon', 'reddit', 'youtube') THEN message_id
    ELSE platform || ':' || message_id
  END AS message_id,
  CASE
    WHEN author_id = '' THEN NULL
    WHEN NOT contains(author_id, ':') THEN platform || ':' || author_id
    WHEN split_part(author_id, ':', 1) = platform OR split_part(author_id, ':', 1) IN ('x', 'bluesky', 'mastodon', 'reddit', 'youtube') THEN author_id
    ELSE platform || ':' || author_id
  END AS author_id,
  timestamp_of(created_at) AS created_at,
  nullif(kind, '') AS kind,
  CASE
    WHEN parent_id = '' THEN NULL
    WHEN NOT contains(parent_id, ':') THEN platform || ':' || parent_id
    WHEN split_part(parent_id, ':', 1) = platform OR split_part(parent_id, ':', 1) IN ('x', 'bluesky', 'mastodon', 'reddit', 'youtube') THEN parent_id
    ELSE platform || ':' || parent_id
  END AS parent_id,
  CASE
    WHEN root_id = '' THEN NULL
    WHEN NOT contains(root_id, ':') THEN platform || ':' || root_id
    WHEN split_part(root_id, ':', 1) = platform OR split_part(root_id, ':', 1) IN ('x', 'bluesky', 'mastodon', 'reddit', 'youtube') THEN root_id
    ELSE platform || ':' || root_id
  END AS root_id,
  CASE
    WHEN reply_to_id = '' THEN NULL
    WHEN NOT contains(reply_to_id, ':') THEN platform || ':' || reply_to_id
    WHEN split_part(reply_to_id, ':', 1) = platform OR split_part(reply_to_id, ':', 1) IN ('x', 'bluesky', 'mastodon', 'reddit', 'youtube') THEN reply_to_id
    ELSE platform || ':' || reply_to_id
  END AS reply_to_id,
  CASE
    WHEN via_id = '' THEN NULL
    WHEN NOT contains(via_id, ':') THEN platform || ':' || via_id
    WHEN split_part(via_id, ':', 1) = platform OR split_part(via_id, ':', 1) IN ('x', 'bluesky', 'mastodon', 'reddit', 'youtube') THEN via_id
    ELSE platform || ':' || via_id
  END AS via_id,
  nullif(CASE WHEN contains(text, chr(0)) THEN replace(text, chr(0), '') ELSE text END, '') AS text,
  CASE
    WHEN language IN ('en', 'fr', 'de', 'es', 'it', 'pt', 'nl', 'ja') THEN language
    WHEN regexp_matches(language, '^[A-Za-z]{2,8}([-_]|$)') THEN nullif(lower(split_part(replace(language, '_', '-'), '-', 1)), 'und')
  END AS language,
  CAST(nullif(sentiment, '') AS DOUBLE) AS sentiment,
  CAST(nullif(split_part(followers, '.', 1), '') AS BIGINT) AS followers,
  timestamp_of(captured_at) AS captured_at,
  CAST(nullif(split_part(likes, '.', 1), '') AS BIGINT) AS likes,
  CAST(nullif(split_part(views, '.', 1), '') AS BIGINT) AS views,
  lower(coalesce(deleted, '')) IN ('true', 't', '1', 'yes') AS is_deleted
FROM accepted
CROSS JOIN params
