-- Questions about messages that a limit or errors withheld, and nobody has answered since, in the hour of the message.
-- grain: source, query, kind, subject, account_id
-- check: outcome IN ('limited', 'failed')
SELECT
  l.source,
  l.file,
  l.query,
  l.kind,
  l.subject,
  l.account_id,
  l.outcome,
  date_trunc('hour', m.created_at) AS hour
FROM (
  SELECT
    source,
    file,
    query,
    kind,
    subject,
    account_id,
    outcome
  FROM int_outcomes
  WHERE is_follow
  QUALIFY row_number() OVER (
    PARTITION BY source, query, kind, subject, account_id
    ORDER BY captured_at DESC NULLS LAST, outcome ASC NULLS LAST, file DESC NULLS LAST, line DESC NULLS LAST, item DESC NULLS LAST
  ) = 1
) l
LEFT JOIN (
  SELECT r.message_id, min(r.created_at) AS created_at
  FROM int_rows r
  SEMI JOIN int_outcomes o ON o.subject = r.message_id
  WHERE r.created_at IS NOT NULL
  GROUP BY r.message_id
) m ON m.message_id = l.subject
WHERE l.outcome IN ('limited', 'failed')
