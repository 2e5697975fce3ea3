-- Which personas were born, stayed, came back or died, and who moved?
-- grain: persona_id
-- may shrink: where nothing changes much there is little to say
-- check: change IN ('born', 'kept', 'returned', 'died')
-- check: members_before = stayed + moved_out + departed
-- check: members = stayed + moved_in + arrived
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: persona_id – a persona of tonight or of the night before
-- column: change – born, kept, returned (known from an earlier night, absent the night before) or died
-- column: members_before – its people the night before
-- column: members – its people now
-- column: stayed – people of both nights
-- column: moved_in – people who were in another persona
-- column: arrived – people who were in none
-- column: moved_out – people who are in another persona now
-- column: departed – people who are in none now
-- column: similarity – Jaccard similarity with itself when last seen; NULL where it is born or died
SELECT
  params.campaign,
  params.as_of,
  r.persona_id,
  CASE
    WHEN e.persona_number IS NULL THEN 'died'
    WHEN e.is_new THEN 'born'
    WHEN c.members_before = 0 THEN 'returned'
    ELSE 'kept'
  END AS change,
  c.members_before,
  c.members,
  c.stayed,
  c.moved_in,
  c.arrived,
  c.moved_out,
  c.departed,
  e.similarity
FROM (
  SELECT
    persona_number,
    CAST(sum(CASE WHEN was = persona_number THEN people ELSE 0 END) AS BIGINT) AS members_before,
    CAST(sum(CASE WHEN now = persona_number THEN people ELSE 0 END) AS BIGINT) AS members,
    CAST(sum(CASE WHEN was = now THEN people ELSE 0 END) AS BIGINT) AS stayed,
    CAST(sum(CASE WHEN now = persona_number AND was <> now THEN people ELSE 0 END) AS BIGINT) AS moved_in,
    CAST(sum(CASE WHEN now = persona_number AND was IS NULL THEN people ELSE 0 END) AS BIGINT) AS arrived,
    CAST(sum(CASE WHEN was = persona_number AND was <> now THEN people ELSE 0 END) AS BIGINT) AS moved_out,
    CAST(sum(CASE WHEN was = persona_number AND now IS NULL THEN people ELSE 0 END) AS BIGINT) AS departed
  FROM (
    SELECT was AS persona_number, was, now, people FROM int_persona_moves WHERE was IS NOT NULL
    UNION ALL
    SELECT now AS persona_number, was, now, people FROM int_persona_moves WHERE now IS NOT NULL AND was IS DISTINCT FROM now
  )
  GROUP BY persona_number
) c
JOIN est_persona_register r ON r.persona_number = c.persona_number
LEFT JOIN est_personas e ON e.persona_number = c.persona_number
CROSS JOIN params
