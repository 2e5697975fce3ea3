-- Orders until the end of the flight that carry a code of a person of the campaign and are credited, for what is left after refunds.
-- Also where the shop recorded a promotion that no code knows: the code was redeemed all the same.
-- grain: order_id
-- check: value >= 0
SELECT
  r.order_id,
  b.buyer_key,
  p.channel_number,
  o.ordered_at,
  o.day >= params.flight_from AS is_flight,
  o.value - coalesce(o.refund_value, 0) AS value
FROM fct_redemptions r
JOIN stg_orders o ON o.order_id = r.order_id
JOIN int_buyers b ON b.customer_id = o.customer_id
LEFT JOIN stg_identities i ON i.author_id = r.author_id
JOIN int_campaign_people p ON p.person_key = coalesce('person ' || i.person_key, 'account ' || r.author_id)
CROSS JOIN params
SEMI JOIN (
  SELECT code_key(c.code) AS code_key
  FROM stg_codes c
  CROSS JOIN params
  WHERE c.promotion = params.campaign
) k ON k.code_key = code_key(o.code)
WHERE r.is_credited AND (r.promotion = params.campaign OR r.reason = 'unlisted promotion')
  AND o.ordered_at >= params.touches_from AND o.day <= params.flight_to
