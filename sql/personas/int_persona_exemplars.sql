-- The three people nearest to the centre of each persona.
-- grain: author_id
SELECT
  m.persona_number,
  f.author_id
FROM est_persona_members m
JOIN stg_persona_features f ON f.person_number = m.person_number
WHERE m.persona_number IS NOT NULL
QUALIFY row_number() OVER (
  PARTITION BY m.persona_number
  ORDER BY m.distance ASC NULLS LAST, f.author_id ASC NULLS LAST
) <= 3
