-- Where each of these people writes: share of each network in their messages; networks numbered by how much influential people write there, the first eight.
-- grain: person_number, platform_number
-- check: platform_number BETWEEN 1 AND 8
-- check: share > 0 AND share <= 1
WITH written AS (
  SELECT
    a.person_number,
    a.is_influential,
    m.platform,
    count(*) AS messages
  FROM stg_messages m
  JOIN int_persona_accounts a ON a.author_number = m.author_number
  CROSS JOIN params
  WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
  GROUP BY a.person_number, a.is_influential, m.platform
),
networks AS (
  SELECT
    platform,
    CAST(row_number() OVER (ORDER BY sum(messages) DESC NULLS LAST, platform ASC NULLS LAST) AS INTEGER) AS platform_number
  FROM written
  WHERE is_influential
  GROUP BY platform
)
SELECT
  w.person_number,
  n.platform_number,
  w.platform,
  CAST(w.messages AS DOUBLE) / nullif(t.messages, 0) AS share
FROM written w
JOIN networks n ON n.platform = w.platform
JOIN int_persona_talk t ON t.person_number = w.person_number
WHERE n.platform_number <= 8
