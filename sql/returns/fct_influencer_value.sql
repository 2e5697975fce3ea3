-- What is their influence worth?
-- grain: author_id
-- check: moved_known <= moved_people
-- check: (clv IS NULL) = (civ_gross IS NULL)
-- check: (clv IS NULL) = (civ_net IS NULL)
-- check: (civ_stacked IS NULL) = (stacked_reason IS NOT NULL)
-- check: clv IS NOT NULL OR influence_value IS NOT NULL
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: author_id – the person's main account, or its pseudonym: everybody whose own value or influence on known customers can be told
-- column: clv – what they are worth as a customer, all their customer accounts together; NULL where unknown
-- column: influence_value – what others are worth because of them: shares of the values of known customers whom they move; NULL where they move people and none is a known customer
-- column: civ_gross – clv and influence_value; the same value counts for its owner and for who moves them, so never sum it; NULL where clv is
-- column: civ_net – clv less what others have a share in, and influence_value: over everybody it sums to clv; NULL where clv is
-- column: currency – of all values
-- column: civ_stacked – with what those whom they move are worth by their own influence, and so on; never sum it; NULL where stacked_reason says why
-- column: stacked_reason – why civ_stacked is NULL
-- column: clv_rule – given (by the customers file), estimated (a year of orders at the pace so far, times margin) or mixed; NULL where clv is
-- column: moved_people – people in whose value they have a share
-- column: moved_known – those of them who are known customers; the others count nothing
SELECT
  params.campaign,
  params.as_of,
  p.author_id,
  c.clv,
  CAST(round(v.influence_value, 4) AS DECIMAL(18,4)) AS influence_value,
  CAST(round(v.civ_gross, 4) AS DECIMAL(18,4)) AS civ_gross,
  CAST(round(v.civ_net, 4) AS DECIMAL(18,4)) AS civ_net,
  coalesce(params.currency, u.currency) AS currency,
  CAST(round(v.civ_stacked, 4) AS DECIMAL(18,4)) AS civ_stacked,
  CASE
    WHEN c.clv IS NULL THEN 'their own value is unknown'
    ELSE f.stacked_refusal
  END AS stacked_reason,
  c.clv_rule,
  CAST(v.moved_people AS BIGINT) AS moved_people,
  CAST(v.moved_known AS BIGINT) AS moved_known
FROM est_influence_value v
JOIN int_valued_people p ON p.person_number = v.person_number
LEFT JOIN int_person_clv c ON c.person_key = p.person_key
CROSS JOIN est_value_findings f
CROSS JOIN (SELECT min(s.currency) AS currency FROM stg_customers s) u
CROSS JOIN params
WHERE NOT p.is_brand AND NOT p.is_opted_out
  AND (c.clv IS NOT NULL OR v.moved_known > 0)
