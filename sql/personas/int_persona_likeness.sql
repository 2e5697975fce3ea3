-- How alike in interests each of these people is to those who answer them: mean cosine over topics, weighted by how often they answer.
-- grain: person_number
-- check: like_mindedness BETWEEN 0 AND 1
WITH met AS (
  SELECT
    r.person_number,
    r.receiver_number,
    max(r.response_micros) AS response_micros,
    CAST(sum(a.si_micros * b.si_micros) AS DOUBLE) AS product,
    CAST(max(a.square) AS DOUBLE) AS own_square,
    CAST(max(b.square) AS DOUBLE) AS receiver_square
  FROM int_persona_receivers r
  JOIN int_persona_tastes a ON a.person_number = r.person_number
  JOIN int_persona_tastes b ON b.person_number = r.receiver_number AND b.topic_number = a.topic_number
  GROUP BY r.person_number, r.receiver_number
),
-- Who shares no topic with them is not alike at all; of whom no interest is known, nothing is said.
heard AS (
  SELECT
    r.person_number,
    r.response_micros,
    least(coalesce(m.product / nullif(sqrt(m.own_square) * sqrt(m.receiver_square), 0), 0), 1) AS cosine
  FROM int_persona_receivers r
  SEMI JOIN int_persona_tastes o ON o.person_number = r.person_number
  SEMI JOIN int_persona_tastes t ON t.person_number = r.receiver_number
  LEFT JOIN met m ON m.person_number = r.person_number AND m.receiver_number = r.receiver_number
)
SELECT
  person_number,
  CAST(sum(CAST(floor(response_micros * cosine + 0.5) AS BIGINT)) AS DOUBLE)
    / nullif(CAST(sum(response_micros) AS DOUBLE), 0) AS like_mindedness
FROM heard
GROUP BY person_number
