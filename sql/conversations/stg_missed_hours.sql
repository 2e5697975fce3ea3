-- How much of what concerns an author was missed: over all that is asked of the author's network, and the following of accounts that ever gave a message of theirs.
-- grain: author_id
-- check: seconds_missed BETWEEN 0 AND seconds_asked AND seconds_asked > 0
WITH questions AS (
  SELECT
    h.source,
    h.query,
    a.platform,
    a.kind,
    sum(h.seconds_asked) AS seconds_asked,
    sum(h.seconds_missed) AS seconds_missed
  FROM int_seen_hours h
  JOIN int_asked a ON a.source = h.source AND a.query = h.query
  GROUP BY h.source, h.query, a.platform, a.kind
),
networks AS (
  SELECT
    platform,
    sum(CASE WHEN kind = 'account' THEN 0 ELSE seconds_asked END) AS seconds_asked,
    sum(CASE WHEN kind = 'account' THEN 0 ELSE seconds_missed END) AS seconds_missed
  FROM questions
  GROUP BY platform
),
followed AS (
  SELECT
    coalesce(p.pseudonym, r.author_id) AS author_id,
    sum(q.seconds_asked) AS seconds_asked,
    sum(q.seconds_missed) AS seconds_missed
  FROM (SELECT DISTINCT source, query, author_id FROM int_rows WHERE is_live AND author_id IS NOT NULL) r
  JOIN questions q ON q.source = r.source AND q.query = r.query
  LEFT JOIN est_pseudonyms p ON p.id = r.author_id
  WHERE q.kind = 'account'
  GROUP BY coalesce(p.pseudonym, r.author_id)
),
counted AS (
  SELECT
    a.author_id,
    CAST(n.seconds_asked + coalesce(f.seconds_asked, 0) AS BIGINT) AS seconds_asked,
    CAST(n.seconds_missed + coalesce(f.seconds_missed, 0) AS BIGINT) AS seconds_missed
  FROM (SELECT DISTINCT author_id, platform FROM int_kept) a
  JOIN networks n ON n.platform = a.platform
  LEFT JOIN followed f ON f.author_id = a.author_id
)
SELECT
  author_id,
  seconds_asked,
  seconds_missed
FROM counted
WHERE seconds_asked > 0
