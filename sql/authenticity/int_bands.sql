-- Where shares of different people can meet: bands with a mark that another one left in the same ten seconds or the ten before.
-- grain: kind_number, mark, band
SELECT
  kind_number,
  mark,
  band,
  CAST(sum(own) AS BIGINT) AS own,
  CAST(sum(shares) AS BIGINT) AS shares
FROM (
  SELECT kind_number, mark, band, count(*) AS own, count(*) AS shares, min(actor_number) AS first_actor, max(actor_number) AS last_actor
  FROM int_marks
  GROUP BY kind_number, mark, band
  UNION ALL
  SELECT kind_number, mark, band + 1, 0, count(*), min(actor_number), max(actor_number)
  FROM int_marks
  GROUP BY kind_number, mark, band
)
GROUP BY kind_number, mark, band
HAVING sum(own) > 0 AND min(first_actor) <> max(last_actor)
