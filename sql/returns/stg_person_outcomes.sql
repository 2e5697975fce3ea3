-- The hold-out of people as units of two periods, by intent to treat: what the customers among them and their audience of before the flight spent, refunds off.
-- A customer whom several of them share counts for each in equal parts, so nothing counts twice. Empty until the flight is over.
-- grain: person_number
-- check: arm BETWEEN 0 AND 1
WITH bought AS (
  SELECT
    coalesce('person ' || i.person_key, 'account ' || c.author_id) AS person_key,
    sum(CASE WHEN o.day BETWEEN params.pre_from AND params.pre_to THEN o.value - coalesce(o.refund_value, 0) ELSE 0 END) AS before,
    sum(CASE WHEN o.day BETWEEN params.flight_from AND params.flight_to THEN o.value - coalesce(o.refund_value, 0) ELSE 0 END) AS during
  FROM stg_orders o
  JOIN stg_customers c ON c.customer_id = o.customer_id
  LEFT JOIN stg_identities i ON i.author_id = c.author_id
  CROSS JOIN params
  WHERE o.ordered_at < params.interval_to AND c.author_id IS NOT NULL
  GROUP BY coalesce('person ' || i.person_key, 'account ' || c.author_id)
),
parts AS (
  SELECT
    m.person_number,
    CAST(b.before AS DOUBLE) AS before,
    CAST(b.during AS DOUBLE) AS during,
    CAST(count(*) OVER (PARTITION BY m.member_key) AS DOUBLE) AS sharers
  FROM int_drawn_circles m
  JOIN bought b ON b.person_key = m.member_key
),
spent AS (
  SELECT
    person_number,
    sum(CAST(round(before / nullif(sharers, 0), 4) AS DECIMAL(18, 4))) AS before,
    sum(CAST(round(during / nullif(sharers, 0), 4) AS DECIMAL(18, 4))) AS during
  FROM parts
  GROUP BY person_number
)
SELECT
  d.person_number,
  d.arm,
  CAST(coalesce(s.before, 0) AS DECIMAL(18, 4)) AS before,
  CAST(coalesce(s.during, 0) AS DECIMAL(18, 4)) AS during
FROM int_drawn_people d
LEFT JOIN spent s ON s.person_number = d.person_number
CROSS JOIN (SELECT count(*) AS customers FROM bought) n
CROSS JOIN params
WHERE n.customers > 0 AND params.flight_to < CAST(params.interval_to AS DATE)
