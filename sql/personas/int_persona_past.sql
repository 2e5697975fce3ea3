-- In which persona people last were, whoever of them is still there; accounts that were joined since count once.
-- grain: author_id
SELECT
  b.author_id,
  p.person_number,
  b.persona_number,
  b.is_member
FROM est_persona_before b
LEFT JOIN stg_persons p ON p.author_id = b.author_id
QUALIFY row_number() OVER (
  PARTITION BY coalesce(p.person_id, b.author_id)
  ORDER BY b.is_member DESC NULLS LAST, b.author_id ASC NULLS LAST
) = 1
