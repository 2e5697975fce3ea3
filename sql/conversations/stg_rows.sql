-- Every row of a file, or of what was collected, that is not refused, typed, its ids under their platform.
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
  under_platform(platform, message_id) AS message_id,
  under_platform(platform, author_id) AS author_id,
  timestamp_of(created_at) AS created_at,
  nullif(kind, '') AS kind,
  under_platform(platform, parent_id) AS parent_id,
  under_platform(platform, root_id) AS root_id,
  under_platform(platform, reply_to_id) AS reply_to_id,
  under_platform(platform, via_id) AS via_id,
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
  CAST(nullif(split_part(reshares, '.', 1), '') AS BIGINT) AS reshares,
  CAST(nullif(split_part(quotes, '.', 1), '') AS BIGINT) AS quotes,
  CAST(nullif(split_part(replies, '.', 1), '') AS BIGINT) AS replies,
  lower(coalesce(deleted, '')) IN ('true', 't', '1', 'yes') AS is_deleted,
  query,
  local_id,
  local_parent,
  local_host
FROM accepted
CROSS JOIN params
