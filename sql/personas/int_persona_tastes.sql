-- How much each person cares for each topic, in millionths, and the length of the whole.
-- grain: person_number, topic_number
SELECT
  person_number,
  topic_number,
  CAST(floor(si * 1000000 + 0.5) AS BIGINT) AS si_micros,
  sum(CAST(floor(si * 1000000 + 0.5) AS BIGINT) * CAST(floor(si * 1000000 + 0.5) AS BIGINT)) OVER (PARTITION BY person_number) AS square
FROM est_interests
WHERE si > 0
