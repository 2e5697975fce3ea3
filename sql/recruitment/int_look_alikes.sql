-- Who cares about the topic and does not move others yet, but talks and is known like those who do: the three nearest to each of the ten best.
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
    (f.activeness - g.activeness) * (f.activeness - g.activeness)
      + (f.reshares - g.reshares) * (f.reshares - g.reshares)
      + (f.quotes - g.quotes) * (f.quotes - g.quotes)
      + (f.answers - g.answers) * (f.answers - g.answers)
      + (f.clout - g.clout) * (f.clout - g.clout)
      + (f.interest - g.interest) * (f.interest - g.interest) AS square
  FROM best b
  JOIN int_prospect_places f ON f.person_number = b.person_number
  CROSS JOIN int_prospects o
  JOIN int_prospect_places g ON g.person_number = o.person_number
  WHERE o.is_interested AND NOT o.is_influential AND o.accomplices = 0
),
nearest AS (
  SELECT person_number, look_alike_of, square
  FROM distances
  QUALIFY row_number() OVER (
    PARTITION BY look_alike_of
    ORDER BY square ASC NULLS LAST, person_number ASC NULLS LAST
  ) <= 3
)
SELECT person_number, look_alike_of
FROM nearest
QUALIFY row_number() OVER (
  PARTITION BY person_number
  ORDER BY square ASC NULLS LAST, look_alike_of ASC NULLS LAST
) = 1
