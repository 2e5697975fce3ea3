-- Which influential person belongs to which persona?
-- grain: author_id
-- may shrink: who is influential changes from night to night
-- check: (persona_id IS NULL) = (distance IS NULL)
-- check: distance >= 0 OR distance IS NULL
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: author_id – an influential person, by their main account
-- column: persona_id – their persona; NULL where influential people can't be told apart
-- column: distance – distance to the centre of the persona in standardised features; smaller is more typical
-- column: is_exemplar – whether they are among the three nearest to the centre
-- column: moved_from – the persona they were in the night before, where it is another one; else NULL
SELECT
  params.campaign,
  params.as_of,
  f.author_id,
  r.persona_id,
  m.distance,
  x.author_id IS NOT NULL AS is_exemplar,
  b.persona_id AS moved_from
FROM stg_persona_features f
JOIN est_persona_members m ON m.person_number = f.person_number
LEFT JOIN est_persona_register r ON r.persona_number = m.persona_number
LEFT JOIN int_persona_exemplars x ON x.author_id = f.author_id
LEFT JOIN int_persona_past p
  ON p.person_number = f.person_number AND p.is_member AND p.persona_number IS DISTINCT FROM m.persona_number
LEFT JOIN est_persona_register b ON b.persona_number = p.persona_number
CROSS JOIN params
