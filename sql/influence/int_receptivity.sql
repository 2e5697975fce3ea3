-- How readily each person answers what they could see: q = min(0.95, (answered + 1) / (seen + 4)).
-- grain: influenced_number
-- check: receptivity > 0 AND receptivity <= 0.95
SELECT
  a.influenced_number,
  sum(abs(a.response_micros)) AS all_micros,
  least(
    0.95e0,
    (CAST(min(r.answered_micros) AS DOUBLE) / 1000000 + 1) / (CAST(sum(v.messages) AS DOUBLE) + 4)
  ) AS receptivity
FROM int_answers a
JOIN int_activity v ON v.author_number = a.influencer_number
JOIN int_answered r ON r.influenced_number = a.influenced_number
WHERE a.response_micros <> 0
GROUP BY a.influenced_number
