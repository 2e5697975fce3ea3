-- The persona each person was last in, for the next night: tonight's, or where they are in none the one before; only of people with a message in the window.
-- grain: author_id
SELECT
  n.person_id AS author_id,
  coalesce(m.persona_number, b.persona_number) AS persona_number,
  m.persona_number IS NOT NULL AS is_member
FROM stg_persons n
LEFT JOIN est_persona_members m ON m.person_number = n.person_number
LEFT JOIN int_persona_past b ON b.person_number = n.person_number
WHERE n.is_main AND coalesce(m.persona_number, b.persona_number) IS NOT NULL
