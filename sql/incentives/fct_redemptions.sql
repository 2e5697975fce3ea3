-- For whom and for which campaign does each redeemed code count?
-- grain: order_id
-- check: is_credited = (author_id IS NOT NULL AND promotion IS NOT NULL AND coalesce(reason = 'unlisted promotion', TRUE))
-- check: NOT is_ambiguous OR promotion IS NOT NULL
-- check: is_credited OR reason IN ('unknown code', 'several people', 'brand account', 'other campaign', 'outside window', 'self-referral')
-- column: campaign – the campaign
-- column: order_id – the shop's id of the order
-- column: code – code or link as the order carries it; where the campaign pseudonymises, a keyed pseudonym, the same for every spelling of one code
-- column: author_id – whose code it is; NULL where that is nobody or several people
-- column: promotion – the one campaign that the order counts for: the recorded one, else the one that was open
-- column: is_ambiguous – whether none was recorded and several were open: the one that began last counts
-- column: is_credited – whether the order counts for that person in that campaign
-- column: reason – why it does not: unknown code, several people, brand account, other campaign, outside window, self-referral; or unlisted promotion, where it counts although the codes do not know the recorded campaign
-- column: ordered_at – time of the order, UTC
-- column: day – its UTC day
-- column: value – amount of the order before refunds
-- column: currency – the currency of value
WITH judged AS (
  SELECT
    r.*,
    c.author_id,
    c.promotion AS fitting_promotion,
    c.is_recorded,
    c.is_open,
    c.open_promotions,
    CASE
      WHEN c.order_id IS NULL THEN 'unknown code'
      WHEN c.is_shared THEN 'several people'
      WHEN c.is_brand THEN 'brand account'
      WHEN NOT c.is_recorded AND k.promotion IS NOT NULL THEN 'other campaign'
      WHEN NOT c.is_open THEN 'outside window'
      WHEN r.buyer_key = c.person_key THEN 'self-referral'
    END AS refusal
  FROM int_redeemed r
  LEFT JOIN int_claims c ON c.order_id = r.order_id
  LEFT JOIN (
    SELECT promotion FROM stg_codes
    UNION
    SELECT params.campaign AS promotion FROM params
  ) k ON k.promotion = r.recorded
)
SELECT
  params.campaign,
  j.order_id,
  j.code,
  CASE WHEN coalesce(j.refusal <> 'several people', TRUE) THEN j.author_id END AS author_id,
  coalesce(j.recorded, CASE WHEN j.is_open THEN j.fitting_promotion END) AS promotion,
  j.recorded IS NULL AND coalesce(j.open_promotions > 1, FALSE) AS is_ambiguous,
  j.refusal IS NULL AS is_credited,
  coalesce(j.refusal, CASE WHEN j.recorded IS NOT NULL AND NOT j.is_recorded THEN 'unlisted promotion' END) AS reason,
  j.ordered_at,
  j.day,
  j.value,
  params.currency
FROM judged j
CROSS JOIN params
