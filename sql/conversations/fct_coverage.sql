-- What did we see and miss?
-- grain: source, query, hour
-- check: fetched = staged + duplicates + failed + deleted
-- column: campaign – the campaign
-- column: source – id of the source in the campaign file
-- column: query – what was asked of the source; for files the path as written
-- column: hour – hour of created_at in UTC; NULL for rows without a readable time
-- column: fetched – rows read
-- column: limited – rows withheld by a rate limit; files have none
-- column: failed – rows refused and put in quarantine
-- column: unmapped – rows that carried a field the parser does not know
-- column: deleted – rows that say that a message was deleted
-- column: silent – whether a silent hour was seen to be silent; a file cannot tell, hence NULL
-- column: staged – rows that became a message
-- column: duplicates – rows of a message that another row, captured later, stands for
-- column: included – messages that came along inside others, outside fetched
SELECT
  params.campaign,
  b.source,
  b.query,
  b.hour,
  b.rows_read AS fetched,
  CAST(0 AS BIGINT) AS limited,
  b.quarantined AS failed,
  b.unmapped,
  b.deleted,
  CAST(NULL AS BOOLEAN) AS silent,
  b.staged,
  b.duplicates,
  b.included
FROM stg_books b
CROSS JOIN params
