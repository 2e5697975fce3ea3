-- How much more the messages of people differ in each topic than if each word were drawn by itself: Pearson's dispersion, at least 1.
-- grain: topic_number
-- check: dispersion >= 1
WITH spoken AS (
  SELECT
    w.message_number,
    CAST(w.words AS BIGINT) AS words
  FROM stg_worded_messages w
  JOIN stg_persons p ON p.author_number = w.author_number
  WHERE NOT p.is_brand
),
everything AS (
  SELECT
    CAST(sum(words) AS DOUBLE) AS words,
    CAST(sum(words * words) AS DOUBLE) AS squares
  FROM spoken
),
topical AS (
  -- Mass in thousandths, so that sums of its squares stay whole numbers.
  SELECT
    m.topic_number,
    CAST(sum(idiv(m.mass_micros, 1000)) AS DOUBLE) / 1000 AS mass,
    CAST(sum(idiv(m.mass_micros, 1000) * idiv(m.mass_micros, 1000)) AS DOUBLE) / 1000000 AS squares,
    CAST(sum(idiv(m.mass_micros, 1000) * s.words) AS DOUBLE) / 1000 AS products
  FROM int_topic_mass m
  JOIN spoken s ON s.message_number = m.message_number
  GROUP BY m.topic_number
)
SELECT
  t.topic_number,
  -- The messages' squared distances from the population's share of their words, against p(1 − p) a word.
  greatest(
    1,
    coalesce(
      (
        t.squares
        - 2 * (t.mass / nullif(e.words, 0)) * t.products
        + (t.mass / nullif(e.words, 0)) * (t.mass / nullif(e.words, 0)) * e.squares
      ) / nullif(t.mass * (1 - t.mass / nullif(e.words, 0)), 0),
      1
    )
  ) AS dispersion
FROM topical t
CROSS JOIN everything e
