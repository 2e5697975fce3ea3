-- For which campaign and for whom a redeemed code counts.
-- The recorded campaign where the code is listed for it; else the one that was open on the day, of several the one that began last,
-- then the smallest name.
-- grain: order_id
WITH fitting AS (
  SELECT
    r.order_id,
    h.promotion,
    h.author_id,
    h.person_key,
    h.valid_from,
    h.valid_to,
    h.is_shared,
    h.is_brand,
    coalesce(h.promotion = r.recorded, FALSE) AS is_recorded,
    coalesce(r.day >= h.valid_from, TRUE) AND coalesce(r.day <= h.valid_to, TRUE) AS is_open
  FROM int_redeemed r
  JOIN int_holders h ON h.code_key = r.code_key
),
counted AS (
  SELECT order_id, count(DISTINCT promotion) FILTER (WHERE is_open) AS open_promotions
  FROM fitting
  GROUP BY order_id
),
placed AS (
  SELECT
    f.*,
    CAST(row_number() OVER (
      PARTITION BY f.order_id
      ORDER BY
        f.is_recorded DESC NULLS LAST,
        f.is_open DESC NULLS LAST,
        f.valid_from DESC NULLS LAST,
        f.promotion ASC NULLS LAST,
        f.author_id ASC NULLS LAST,
        f.valid_to DESC NULLS FIRST
    ) AS INTEGER) AS place
  FROM fitting f
)
SELECT
  p.order_id,
  p.promotion,
  p.author_id,
  p.person_key,
  p.is_shared,
  p.is_brand,
  p.is_recorded,
  p.is_open,
  CAST(c.open_promotions AS BIGINT) AS open_promotions
FROM placed p
JOIN counted c ON c.order_id = p.order_id
WHERE p.place = 1
