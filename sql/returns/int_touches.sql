-- When each buyer met a person of the campaign: answered or forwarded them, or redeemed their code; from the attribution window before the flight on.
-- grain: buyer_key, touched_at, touch_id, channel_number
WITH accounts AS (
  SELECT i.author_id, p.channel_number
  FROM int_campaign_people p
  JOIN stg_identities i ON 'person ' || i.person_key = p.person_key
  UNION ALL
  SELECT author_id, channel_number
  FROM int_campaign_people
  WHERE person_key LIKE 'account %'
),
-- A person may be several customers, each with an account of their own.
buyers AS (
  SELECT i.author_id, b.buyer_key
  FROM (SELECT DISTINCT buyer_key FROM int_buyers) b
  JOIN stg_identities i ON 'person ' || i.person_key = b.buyer_key
  UNION
  SELECT c.author_id, b.buyer_key
  FROM int_buyers b
  JOIN stg_customers c ON c.customer_id = b.customer_id
  WHERE c.author_id IS NOT NULL
)
SELECT DISTINCT
  b.buyer_key,
  m.created_at AS touched_at,
  m.message_id AS touch_id,
  a.channel_number
FROM buyers b
JOIN stg_messages m ON m.author_id = b.author_id
JOIN int_answered_people r ON r.message_number = m.message_number
JOIN stg_messages t ON t.message_number = r.target_number
JOIN accounts a ON a.author_id = t.author_id
-- To answer oneself is to meet nobody.
ANTI JOIN int_campaign_people o ON o.person_key = b.buyer_key AND o.channel_number = a.channel_number
CROSS JOIN params
WHERE m.created_at >= params.touches_from AND CAST(m.created_at AS DATE) <= params.flight_to
UNION ALL
SELECT buyer_key, ordered_at AS touched_at, order_id AS touch_id, channel_number
FROM int_code_orders
