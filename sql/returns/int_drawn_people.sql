-- Who was drawn into an arm before the flight began, whether or not they speak now; people whose accounts stand in both arms are left out.
-- grain: person_number
-- check: arm BETWEEN 0 AND 1
SELECT
  CAST(row_number() OVER (ORDER BY person_key ASC NULLS LAST) - 1 AS INTEGER) AS person_number,
  person_key,
  CAST(arm AS INTEGER) AS arm
FROM (
  SELECT d.person_key, min(d.arm) AS arm
  FROM (
    SELECT
      coalesce('person ' || i.person_key, 'account ' || a.author_id) AS person_key,
      CASE WHEN a.is_held_out THEN 0 ELSE 1 END AS arm
    FROM est_arms a
    LEFT JOIN stg_identities i ON i.author_id = a.author_id
    CROSS JOIN params
    WHERE a.drawn_on < params.flight_from
  ) d
  GROUP BY d.person_key
  HAVING min(d.arm) = max(d.arm)
)
