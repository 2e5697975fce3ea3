-- What did we see and miss?
-- grain: source, query, hour
-- check: fetched = staged + duplicates + failed + deleted
-- check: seconds_missed BETWEEN 0 AND seconds_asked OR state IS NULL
-- check: state IN ('covered', 'limited', 'failed', 'partial') OR state IS NULL
-- column: campaign – the campaign
-- column: source – id of the source in the campaign file
-- column: query – what was asked of the source; for files the path as written
-- column: hour – hour of created_at in UTC; NULL for rows without a readable time
-- column: fetched – rows read
-- column: limited – 1 where a limit withheld a part of the hour that nothing filled since, and the questions about its messages that a limit withheld; 0 for files
-- column: failed – rows refused and put in quarantine
-- column: unmapped – rows that carried a field the parser does not know
-- column: deleted – rows that say that a message was deleted, rows of messages deleted since, and messages whose account is away
-- column: silent – whether a silent hour was seen to be silent: covered to its end, and nothing said; a file cannot tell, hence NULL
-- column: staged – rows that became a message
-- column: duplicates – rows of a message that another row, captured later, stands for
-- column: included – messages that came along inside others, outside fetched
-- column: expected – how many messages the network said there are; NULL where it was not asked or can't tell
-- column: state – of an hour that a network was asked about: covered, or what withheld a part of it: limited, failed, partial where nothing says; NULL for files, for what is asked about messages, and outside the hours asked
-- column: seconds_asked – seconds of the hour that it was to be asked about: from the first time on, as long as the campaign asks, at most until the full hour at which the night began; NULL as state
-- column: seconds_missed – those of them that nothing covered since; NULL as state
-- column: questions_failed – questions about messages of the hour that errors withheld and nothing answered since; 0 for files
WITH books AS (
  SELECT source, query, hour, rows_read, staged, duplicates, quarantined, deleted, included, unmapped FROM stg_books
),
withheld AS (
  SELECT
    source,
    query,
    hour,
    CAST(sum(limited) AS BIGINT) AS limited,
    CAST(sum(failed) AS BIGINT) AS failed
  FROM (
    SELECT
      source,
      query,
      hour,
      CASE WHEN outcome = 'limited' THEN 1 ELSE 0 END AS limited,
      CASE WHEN outcome = 'failed' THEN 1 ELSE 0 END AS failed
    FROM int_withheld_questions
    UNION ALL
    SELECT f.source, s.query, s.hour, s.questions_limited, s.questions_failed
    FROM stg_summaries s
    JOIN stg_files f ON f.file_sha256 = s.file_sha256
  )
  GROUP BY source, query, hour
),
places AS (
  SELECT source, query, hour FROM books
  UNION SELECT source, query, hour FROM int_seen_hours
  UNION SELECT source, query, hour FROM int_expected
  UNION SELECT source, query, hour FROM withheld
),
-- An hour that is not known is a place of its own.
joined AS (
  SELECT
    p.source,
    p.query,
    p.hour,
    coalesce(b.rows_read, 0) AS fetched,
    coalesce(w.limited, 0) + CASE WHEN s.is_limited THEN 1 ELSE 0 END AS limited,
    coalesce(b.quarantined, 0) AS failed,
    coalesce(b.unmapped, 0) AS unmapped,
    coalesce(b.deleted, 0) AS deleted,
    coalesce(b.staged, 0) AS staged,
    coalesce(b.duplicates, 0) AS duplicates,
    coalesce(b.included, 0) AS included,
    e.expected,
    s.state,
    s.seconds_asked,
    s.seconds_missed,
    coalesce(w.failed, 0) AS questions_failed
  FROM places p
  LEFT JOIN books b ON b.source = p.source AND b.query = p.query AND b.hour IS NOT DISTINCT FROM p.hour
  LEFT JOIN withheld w ON w.source = p.source AND w.query = p.query AND w.hour IS NOT DISTINCT FROM p.hour
  LEFT JOIN int_seen_hours s ON s.source = p.source AND s.query = p.query AND s.hour = p.hour
  LEFT JOIN int_expected e ON e.source = p.source AND e.query = p.query AND e.hour = p.hour
)
SELECT
  params.campaign,
  j.source,
  n.shown AS query,
  j.hour,
  CAST(j.fetched AS BIGINT) AS fetched,
  CAST(j.limited AS BIGINT) AS limited,
  CAST(j.failed AS BIGINT) AS failed,
  CAST(j.unmapped AS BIGINT) AS unmapped,
  CAST(j.deleted AS BIGINT) AS deleted,
  CASE WHEN j.state IS NOT NULL THEN j.state = 'covered' AND j.fetched = 0 AND coalesce(j.expected, 0) = 0 END AS silent,
  CAST(j.staged AS BIGINT) AS staged,
  CAST(j.duplicates AS BIGINT) AS duplicates,
  CAST(j.included AS BIGINT) AS included,
  j.expected,
  j.state,
  j.seconds_asked,
  j.seconds_missed,
  CAST(j.questions_failed AS BIGINT) AS questions_failed
FROM joined j
JOIN int_query_names n ON n.source = j.source AND n.query = j.query
CROSS JOIN params
