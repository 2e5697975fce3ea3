-- What each of these people wrote in the window: how much, in which form, on weekends, and at which hours of the campaign's time zone.
-- grain: person_number
-- check: messages >= 1
SELECT
  l.person_number,
  CAST(count(*) AS BIGINT) AS messages,
  CAST(count(*) FILTER (WHERE l.kind = 'reshare') AS BIGINT) AS reshares,
  CAST(count(*) FILTER (WHERE l.kind = 'quote') AS BIGINT) AS quotes,
  CAST(count(*) FILTER (WHERE l.kind IN ('reply', 'comment')) AS BIGINT) AS answers,
  -- Day 0 was a Thursday.
  CAST(count(*) FILTER (WHERE l.day_number + 3 - 7 * idiv(l.day_number + 3, 7) >= 5) AS BIGINT) AS on_weekends,
  CAST(sum(c.cosine_micros) AS BIGINT) AS cosine_micros,
  CAST(sum(c.sine_micros) AS BIGINT) AS sine_micros
FROM (
  SELECT
    a.person_number,
    m.kind,
    idiv(micros(local_time(m.created_at, params.timezone)), 86400000000) AS day_number,
    idiv(micros(local_time(m.created_at, params.timezone)), 3600000000) AS hour_number
  FROM stg_messages m
  JOIN int_persona_accounts a ON a.author_number = m.author_number
  CROSS JOIN params
  WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
) l
JOIN int_clock c ON c.hour = l.hour_number - 24 * l.day_number
GROUP BY l.person_number
