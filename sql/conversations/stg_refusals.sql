-- Every row of a file that cannot be used, with the reason in the words of its owner.
-- grain: file_sha256, line, item
-- check: length(reason) > 0
-- check: line >= 1
WITH doubtful AS (
  -- Cheap tests that plainly good rows pass; only the others are looked at field by field.
  SELECT
    r.*,
    lower(coalesce(r.deleted, '')) IN ('true', 't', '1', 'yes') AS is_deleted
  FROM raw_rows r
  WHERE NOT coalesce(
    r.refused IS NULL
    AND r.kind IN ('post', 'reshare', 'quote', 'reply', 'comment')
    AND CASE
      WHEN r.platform IN ('x', 'bluesky', 'mastodon', 'reddit', 'youtube') THEN true
      ELSE regexp_matches(r.platform, '^[a-z0-9-]+$')
    END
    AND length(r.message_id) > 0
    AND length(r.author_id) > 0
    AND (coalesce(r.deleted, 'false') IN ('', 'false', 'true'))
    AND CASE WHEN contains(r.message_id, ':') THEN split_part(r.message_id, ':', 1) IN (r.platform, 'https', 'at', 'did') ELSE true END
    AND CASE WHEN contains(r.author_id, ':') THEN split_part(r.author_id, ':', 1) IN (r.platform, 'https', 'at', 'did') ELSE true END
    -- Before the mark nothing but whole numbers, after it nothing that an id should not hold.
    AND NOT regexp_matches(
      concat_ws(' ', r.followers, r.likes, r.views, r.reshares, r.quotes, r.replies) || '#' ||
      concat_ws(' ', r.message_id, r.author_id, r.parent_id, r.root_id, r.reply_to_id, r.via_id),
      '^[0-9 ]*[^0-9 #]|^[^#]*[0-9]{19}|[^ -~]|^ | #|# | $|  |: |:$|[# ][{[]|[0-9][.]0+( |$)|[0-9][eE][+-]?[0-9]+( |$)'
    )
    AND timestamp_of(r.created_at) IS NOT NULL
    AND (coalesce(r.captured_at, '') = '' OR timestamp_of(r.captured_at) IS NOT NULL)
    AND (coalesce(r.sentiment, '') = '' OR TRY_CAST(r.sentiment AS DOUBLE) BETWEEN -1 AND 1),
    false
  )
),
fields AS (
  SELECT line, item, platform, is_deleted, 1 AS place, 'needed' AS rule, 'platform' AS field, platform AS value FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 2, 'platform', 'platform', platform FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 3, 'needed', 'message_id', message_id FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 4, 'own id', 'message_id', message_id FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 5, 'boolean', 'deleted', deleted FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 6, 'needed', 'author_id', author_id FROM doubtful WHERE NOT is_deleted
  UNION ALL
  SELECT line, item, platform, is_deleted, 7, 'own id', 'author_id', author_id FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 8, 'needed', 'created_at', created_at FROM doubtful WHERE NOT is_deleted
  UNION ALL
  SELECT line, item, platform, is_deleted, 9, 'time', 'created_at', created_at FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 10, 'needed', 'kind', kind FROM doubtful WHERE NOT is_deleted
  UNION ALL
  SELECT line, item, platform, is_deleted, 11, 'kind', 'kind', kind FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 12, 'id', 'parent_id', parent_id FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 13, 'id', 'root_id', root_id FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 14, 'id', 'reply_to_id', reply_to_id FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 15, 'id', 'via_id', via_id FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 16, 'sentiment', 'sentiment', sentiment FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 17, 'count', 'followers', followers FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 18, 'time', 'captured_at', captured_at FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 19, 'count', 'likes', likes FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 20, 'count', 'views', views FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 21, 'count', 'reshares', reshares FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 22, 'count', 'quotes', quotes FROM doubtful
  UNION ALL
  SELECT line, item, platform, is_deleted, 23, 'count', 'replies', replies FROM doubtful
),
faults AS (
  SELECT
    line,
    item,
    place,
    CASE
      WHEN rule = 'needed' THEN CASE WHEN coalesce(value, '') = '' THEN field || ' is missing' END
      WHEN coalesce(value, '') = '' THEN NULL
      WHEN rule IN ('id', 'own id') THEN
        CASE
          WHEN has_control(value) THEN field || ' holds a control character'
          WHEN trim(value) <> value THEN field || ' ' || printable(substr(value, 1, 60)) || ' has blanks around it'
          WHEN regexp_matches(value, '^[{[]') THEN field || ' ' || printable(substr(value, 1, 60)) || ' is not an id'
          -- Spreadsheets and data frames turn long ids into doubles; the exponent or the decimal point gives it away.
          WHEN regexp_matches(value, '(^|:)[+-]?[0-9]+([.,]0+|[.,][0-9]+[eE][+-]?[0-9]+|[eE][+-][0-9]+)$')
            OR regexp_matches(value, '(^|:)[0-9][eE](1[5-9]|2[0-9])$')
            THEN field || ' ' || printable(substr(value, 1, 60)) || ' has lost digits'
          WHEN regexp_matches(value, '^[a-z0-9-]+:$') THEN field || ' ' || printable(substr(value, 1, 60)) || ' has nothing after its platform'
          WHEN rule = 'own id' AND regexp_matches(value, '^(x|bluesky|mastodon|reddit|youtube):') AND split_part(value, ':', 1) IS DISTINCT FROM platform
            THEN field || ' ' || printable(substr(value, 1, 60)) || ' is not of platform ' || printable(substr(platform, 1, 60))
        END
      ELSE
        CASE
          WHEN rule = 'platform' AND regexp_matches(value, '^[a-z0-9-]+$') THEN NULL
          WHEN rule = 'boolean' AND lower(value) IN ('true', 't', '1', 'yes', 'false', 'f', '0', 'no') THEN NULL
          WHEN rule = 'time' AND timestamp_of(value) IS NOT NULL THEN NULL
          WHEN rule = 'kind' AND value IN ('post', 'reshare', 'quote', 'reply', 'comment') THEN NULL
          WHEN rule = 'sentiment' AND TRY_CAST(value AS DOUBLE) BETWEEN -1 AND 1 THEN NULL
          WHEN rule = 'count' AND regexp_matches(value, '^[0-9]+([.]0+)?$') AND TRY_CAST(split_part(value, '.', 1) AS BIGINT) IS NOT NULL THEN NULL
          ELSE field || ' ' || printable(substr(value, 1, 60)) || CASE
            WHEN rule = 'platform' THEN ' is not made of a-z, 0-9 and -'
            WHEN rule = 'boolean' THEN ' is neither true nor false'
            WHEN rule = 'time' THEN ' is not a date and time like 2026-03-01T09:30:00Z'
            WHEN rule = 'kind' THEN ' is none of post, reshare, quote, reply, comment'
            WHEN rule = 'sentiment' THEN ' is not a number from -1 to 1'
            ELSE ' is not a whole number from 0 on'
          END
        END
    END AS fault
  FROM fields
),
first_faults AS (
  SELECT line, item, min_by(fault, place) FILTER (WHERE fault IS NOT NULL) AS fault
  FROM faults
  WHERE fault IS NOT NULL
  GROUP BY line, item
)
SELECT
  params.file_sha256,
  d.line,
  d.item,
  d.is_included,
  coalesce(d.refused, f.fault) AS reason,
  timestamp_of(d.created_at) AS created_at,
  d.query
FROM doubtful d
LEFT JOIN first_faults f ON f.line = d.line AND f.item = d.item
CROSS JOIN params
WHERE coalesce(d.refused, f.fault) IS NOT NULL
