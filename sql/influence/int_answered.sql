-- How many messages of those who move them each person answered at least once, in millionths; an inferred answer counts by its probability.
-- grain: influenced_number
SELECT
  s.influenced_number,
  CAST(sum(s.answered_micros) AS BIGINT) AS answered_micros
FROM (
  SELECT
    responder_number AS influenced_number,
    influencer_number,
    target_message,
    least(sum(CAST(floor(probability * 1000000 + 0.5) AS BIGINT)), 1000000) AS answered_micros
  FROM int_responses
  GROUP BY responder_number, influencer_number, target_message
) s
SEMI JOIN int_answers a
  ON a.influencer_number = s.influencer_number
  AND a.influenced_number = s.influenced_number
  AND a.response_micros <> 0
GROUP BY s.influenced_number
