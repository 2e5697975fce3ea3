-- What each event earns by each rule, before budget and caps: orders credited to this campaign and mentions, within the dates.
-- grain: event_kind, event_id, rule
WITH happened AS (
  SELECT
    'order' AS event_kind,
    r.order_id AS event_id,
    r.author_id,
    p.person_key,
    r.ordered_at AS occurred_at,
    r.day,
    r.value
  FROM fct_redemptions r
  JOIN int_account_people p ON p.author_id = r.author_id
  CROSS JOIN params
  WHERE r.is_credited AND r.promotion = params.campaign
  UNION ALL
  SELECT
    'mention' AS event_kind,
    message_id AS event_id,
    author_id,
    person_key,
    created_at AS occurred_at,
    CAST(created_at AS DATE) AS day,
    CAST(NULL AS DECIMAL(18, 4)) AS value
  FROM int_mentions
)
SELECT
  h.event_kind,
  h.event_id,
  u.rule,
  u.rule_number,
  u.kind,
  h.author_id,
  h.person_key,
  h.occurred_at,
  h.value
FROM happened h
JOIN stg_incentive_rules u ON u.earned_on = h.event_kind
CROSS JOIN params
WHERE coalesce(h.day >= params.incentives_from, TRUE) AND coalesce(h.day <= params.incentives_to, TRUE)
