-- How much each prospect said in the window, and in which form.
-- grain: person_number
-- check: messages >= 1
SELECT
  p.person_number,
  CAST(count(*) AS BIGINT) AS messages,
  CAST(count(*) FILTER (WHERE m.kind = 'reshare') AS DOUBLE) / nullif(count(*), 0) AS reshare_share,
  CAST(count(*) FILTER (WHERE m.kind = 'quote') AS DOUBLE) / nullif(count(*), 0) AS quote_share,
  CAST(count(*) FILTER (WHERE m.kind IN ('reply', 'comment')) AS DOUBLE) / nullif(count(*), 0) AS answer_share
FROM stg_messages m
JOIN stg_persons p ON p.author_number = m.author_number
SEMI JOIN int_prospects c ON c.person_number = p.person_number
CROSS JOIN params
WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
GROUP BY p.person_number
