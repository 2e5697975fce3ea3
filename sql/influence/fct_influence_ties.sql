-- Who moves whom?
-- grain: influencer_id, influenced_id
-- check: influencer_id <> influenced_id
-- check: responses > 0
-- check: abs(weight) <= 0.95
-- column: campaign – the campaign
-- column: influencer_id – who moves
-- column: influenced_id – who is moved
-- column: responses – forwards, quotes, replies and comments in the window, inferred ones by their probability
-- column: share – signed share of all that the influenced answered; hostile answers count negative
-- column: weight – share times the readiness to answer: the direct influence w
-- column: total_effect – direct and indirect influence of the one on the other, for the 1,000 strongest influencers; NULL for others
-- column: is_coordinated – whether the two are flagged as acting in concert, or one of the responses was made in concert with others
-- column: sign_rules – how signs are known: sentiment, words (hostile words), assumed (taken as friendly); NULL for forwards alone
-- column: weight_without_coordination – weight without the responses made in concert
SELECT
  params.campaign,
  a.author_id AS influencer_id,
  b.author_id AS influenced_id,
  t.responses,
  t.share,
  t.weight,
  e.total_effect,
  t.is_coordinated,
  nullif(t.sign_rules, '') AS sign_rules,
  t.weight_without_coordination
FROM stg_ties t
JOIN int_people a ON a.author_number = t.influencer_number
JOIN int_people b ON b.author_number = t.influenced_number
LEFT JOIN est_total_effects e
  ON e.influencer_number = t.influencer_number AND e.influenced_number = t.influenced_number
CROSS JOIN params
