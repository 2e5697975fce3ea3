-- Everyone who was in a persona the night before or is in one now: from where to where.
-- grain: was, now
SELECT was, now, CAST(count(*) AS BIGINT) AS people
FROM (
  SELECT b.persona_number AS was, m.persona_number AS now
  FROM (SELECT person_number, persona_number FROM int_persona_past WHERE is_member) b
  FULL JOIN (SELECT person_number, persona_number FROM est_persona_members WHERE persona_number IS NOT NULL) m
    ON m.person_number = b.person_number
)
GROUP BY was, now
