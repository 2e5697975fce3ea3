-- Where shares of different people can meet: bands with a mark that another one left in the same ten seconds or the ten before.
-- grain: kind_number, mark, band
SELECT
  kind_number,
  mark,
  band,
  CAST(sum(own) AS BIGINT) AS own,
  CAST(count(*) AS BIGINT) AS shares
FROM (
  SELECT kind_number, mark, band, 1 AS own, actor_number FROM int_marks
  UNION ALL
  SELECT kind_number, mark, band + 1, 0, actor_number FROM int_marks
)
GROUP BY kind_number, mark, band
HAVING sum(own) > 0 AND min(actor_number) <> max(actor_number)
