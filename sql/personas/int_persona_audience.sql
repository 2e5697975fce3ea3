-- How much those talk who answer each of these people: their messages in the window, weighted by how often they answer.
-- grain: person_number
-- check: receiver_messages > 0
SELECT
  r.person_number,
  CAST(sum(r.response_micros * i.messages) AS DOUBLE) / nullif(CAST(sum(r.response_micros) AS DOUBLE), 0) AS receiver_messages
FROM int_persona_receivers r
JOIN stg_influential i ON i.person_number = r.receiver_number
GROUP BY r.person_number
