-- Signed ties: the influence of one author on another, w = receptivity × share; every column of |w| sums to at most the receptivity.
-- grain: influencer_number, influenced_number
-- check: influencer_number <> influenced_number
-- check: abs(weight) <= 0.95
-- check: abs(weight_without_coordination) <= 0.95
-- check: abs(share) <= 1
SELECT
  a.influencer_number,
  a.influenced_number,
  a.responses,
  coalesce(CAST(a.response_micros AS DOUBLE) / nullif(CAST(r.all_micros AS DOUBLE), 0), 0) AS share,
  coalesce(
    r.receptivity * (CAST(a.response_micros AS DOUBLE) / nullif(CAST(r.all_micros AS DOUBLE), 0)),
    0
  ) AS weight,
  coalesce(
    r.receptivity * (
      CAST(a.response_micros - a.coordinated_micros AS DOUBLE)
        / nullif(CAST(r.all_micros_without_coordination AS DOUBLE), 0)
    ),
    0
  ) AS weight_without_coordination,
  a.by_coordination = 1 OR c.author_a IS NOT NULL AS is_coordinated,
  CAST(a.response_micros AS DOUBLE) / 1000000 AS net_responses,
  concat_ws(' ',
    CASE WHEN a.by_assumption = 1 THEN 'assumed' END,
    CASE WHEN a.by_sentiment = 1 THEN 'sentiment' END,
    CASE WHEN a.by_words = 1 THEN 'words' END
  ) AS sign_rules
FROM int_answers a
LEFT JOIN int_receptivity r ON r.influenced_number = a.influenced_number
LEFT JOIN est_coordination c
  ON c.author_a = least(a.influencer_number, a.influenced_number)
  AND c.author_b = greatest(a.influencer_number, a.influenced_number)
  AND c.is_flagged
