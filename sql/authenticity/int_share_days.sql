-- How often each author shared each kind of object on each day.
-- grain: author_number, kind_number, day_number
SELECT
  author_number,
  kind_number,
  CAST(idiv(created_micros, 86400000000) AS INTEGER) AS day_number,
  CAST(count(*) AS INTEGER) AS shares
FROM int_shares
GROUP BY author_number, kind_number, idiv(created_micros, 86400000000)
