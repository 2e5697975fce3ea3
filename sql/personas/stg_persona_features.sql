-- What is known of each influential person, and of who cares for the category, before it is scaled: the features by which influential people are grouped; NULL where unknown.
-- grain: person_number
-- check: activeness > 0
-- check: author_id IS NOT NULL
-- check: cie_beyond_self > 0 OR NOT is_influential
SELECT
  i.person_number,
  n.person_id AS author_id,
  i.is_influential,
  i.cie_beyond_self,
  CAST(t.messages AS DOUBLE)
    / nullif(CAST(micros(params.interval_to) - micros(params.window_from) AS DOUBLE) / 86400000000, 0) AS activeness,
  CAST(i.followers AS DOUBLE) AS clout,
  d.receiver_messages
    / nullif(CAST(micros(params.interval_to) - micros(params.window_from) AS DOUBLE) / 86400000000, 0) AS receiver_talkativeness,
  l.like_mindedness,
  i.cie,
  -- Who speaks, but never of the category, does not care for it.
  CASE WHEN s.si IS NOT NULL THEN s.si WHEN w.person_number IS NOT NULL THEN 0 END AS si,
  v.virality,
  p.response_seconds,
  CAST(t.cosine_micros AS DOUBLE) / 1000000 / nullif(t.messages, 0) AS hour_cosine,
  CAST(t.sine_micros AS DOUBLE) / 1000000 / nullif(t.messages, 0) AS hour_sine,
  CAST(t.on_weekends AS DOUBLE) / nullif(t.messages, 0) AS weekend_share,
  CAST(t.reshares AS DOUBLE) / nullif(t.messages, 0) AS reshare_share,
  CAST(t.quotes AS DOUBLE) / nullif(t.messages, 0) AS quote_share,
  CAST(t.answers AS DOUBLE) / nullif(t.messages, 0) AS answer_share
FROM stg_influential i
JOIN int_persona_talk t ON t.person_number = i.person_number
JOIN stg_persons n ON n.author_number = i.person_number
CROSS JOIN params
LEFT JOIN int_persona_audience d ON d.person_number = i.person_number
LEFT JOIN int_persona_likeness l ON l.person_number = i.person_number
LEFT JOIN int_persona_virality v ON v.person_number = i.person_number
LEFT JOIN int_persona_pace p ON p.person_number = i.person_number
LEFT JOIN stg_interests s ON s.person_number = i.person_number AND s.topic = params.topic
LEFT JOIN (SELECT DISTINCT person_number FROM stg_interests) w ON w.person_number = i.person_number
