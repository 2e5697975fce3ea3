-- Who cares about the topic and does not move others yet, but has the features of those who do: the three nearest to each of the ten best.
-- grain: person_number
WITH best AS (
  SELECT person_number, author_id
  FROM int_prospects
  WHERE NOT is_excluded
  QUALIFY row_number() OVER (ORDER BY score DESC NULLS LAST, author_id ASC NULLS LAST) <= 10
),
distances AS (
  SELECT
    o.person_number,
    b.author_id AS look_alike_of,
    sum(CAST(floor((f.value - g.value) * (f.value - g.value) * 1000000 + 0.5) AS BIGINT)) AS square_micros
  FROM best b
  JOIN est_person_features f ON f.person_number = b.person_number
  JOIN est_person_features g ON g.feature_number = f.feature_number
  JOIN int_prospects o ON o.person_number = g.person_number
    AND o.is_interested AND NOT o.is_influential AND o.accomplices = 0
  GROUP BY o.person_number, b.author_id
),
nearest AS (
  SELECT person_number, look_alike_of, square_micros
  FROM distances
  QUALIFY row_number() OVER (
    PARTITION BY look_alike_of
    ORDER BY square_micros ASC NULLS LAST, person_number ASC NULLS LAST
  ) <= 3
)
SELECT person_number, look_alike_of
FROM nearest
QUALIFY row_number() OVER (
  PARTITION BY person_number
  ORDER BY square_micros ASC NULLS LAST, look_alike_of ASC NULLS LAST
) = 1
