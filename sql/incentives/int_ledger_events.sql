-- What the ledger is told tonight, in order of time: what is due, orders refunded, messages gone.
-- grain: event_number
WITH told AS (
  SELECT
    event_kind,
    event_id,
    rule,
    0 AS is_reversal,
    occurred_at,
    coalesce(value, 0) AS value,
    CAST(0 AS DECIMAL(18, 4)) AS part,
    CAST(0 AS DECIMAL(18, 4)) AS whole
  FROM int_rewards_due
  UNION ALL
  SELECT
    r.event_kind,
    r.event_id,
    r.rule,
    1 AS is_reversal,
    o.refunded_at AS occurred_at,
    0 AS value,
    coalesce(o.refund_amount, o.amount) AS part,
    o.amount AS whole
  FROM int_rewards r
  JOIN stg_orders o ON o.order_id = r.event_id
  CROSS JOIN params
  WHERE r.event_kind = 'order' AND o.refunded_at < params.interval_to
  UNION ALL
  SELECT
    r.event_kind,
    r.event_id,
    r.rule,
    1 AS is_reversal,
    coalesce(d.captured_at, params.interval_from) AS occurred_at,
    0 AS value,
    1 AS part,
    1 AS whole
  FROM int_rewards r
  JOIN stg_deletions d ON d.message_id = r.event_id
  CROSS JOIN params
  WHERE r.event_kind = 'mention'
)
SELECT
  CAST(row_number() OVER (
    ORDER BY
      t.occurred_at ASC NULLS LAST,
      t.is_reversal ASC NULLS LAST,
      t.event_kind ASC NULLS LAST,
      t.event_id ASC NULLS LAST,
      t.rule ASC NULLS LAST
  ) AS INTEGER) - 1 AS event_number,
  r.reward_number,
  r.person_number,
  r.rule_number,
  t.is_reversal,
  t.occurred_at,
  CAST(CAST(round(t.value * 10000) AS BIGINT) AS DOUBLE) AS value_units,
  CAST(CAST(round(t.part * 10000) AS BIGINT) AS DOUBLE) AS part_units,
  CAST(CAST(round(t.whole * 10000) AS BIGINT) AS DOUBLE) AS whole_units
FROM told t
JOIN int_rewards r ON r.event_kind = t.event_kind AND r.event_id = t.event_id AND r.rule = t.rule
