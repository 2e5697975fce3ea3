-- Who answered whom: responses of each person to each other one, summed.
-- grain: influencer_number, influenced_number
SELECT
  influencer_number,
  responder_number AS influenced_number,
  CAST(sum(CAST(floor(probability * 1000000 + 0.5) AS BIGINT)) AS DOUBLE) / 1000000 AS responses,
  CAST(sum(response_micros) AS BIGINT) AS response_micros,
  CAST(sum(CASE WHEN is_coordinated THEN response_micros ELSE 0 END) AS BIGINT) AS coordinated_micros,
  max(CASE WHEN is_coordinated THEN 1 ELSE 0 END) AS by_coordination,
  max(CASE WHEN sign_rule = 'sentiment' THEN 1 ELSE 0 END) AS by_sentiment,
  max(CASE WHEN sign_rule = 'words' THEN 1 ELSE 0 END) AS by_words,
  max(CASE WHEN sign_rule = 'assumed' THEN 1 ELSE 0 END) AS by_assumption
FROM int_responses
GROUP BY influencer_number, responder_number
