-- How readily each person answers what they could see: q = min(0.95, (answered + 1) / (seen + 4)).
-- grain: influenced_number
-- check: receptivity > 0 AND receptivity <= 0.95
SELECT
  a.influenced_number,
  sum(abs(a.response_micros)) AS all_micros,
  -- Without its coordinated answers a tie may weigh more, where they cancelled others: the columns of |w| stay below 1 all the same.
  sum(greatest(abs(a.response_micros), abs(a.response_micros - a.coordinated_micros))) AS all_micros_without_coordination,
  least(
    0.95e0,
    (CAST(min(r.answered_micros) AS DOUBLE) / 1000000 + 1) / (CAST(sum(CASE WHEN a.response_micros <> 0 THEN v.messages ELSE 0 END) AS DOUBLE) + 4)
  ) AS receptivity
FROM int_answers a
JOIN int_activity v ON v.author_number = a.influencer_number
JOIN int_answered r ON r.influenced_number = a.influenced_number
GROUP BY a.influenced_number
