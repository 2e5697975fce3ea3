-- The people of the window who may be asked, with their accounts, influence and place by influence.
-- grain: person_number
SELECT
  p.person_number,
  p.author_id,
  p.accounts,
  p.account_ids,
  s.cie,
  s.cie_beyond_self,
  s.followers,
  s.forwards_received,
  s.pagerank,
  s.is_influential,
  s.influential_reason,
  CAST(rank() OVER (ORDER BY s.cie_beyond_self DESC NULLS LAST) AS BIGINT) AS influence_rank,
  CAST(count(*) OVER () AS BIGINT) AS people
FROM (
  SELECT
    person_number,
    min(person_id) AS author_id,
    CAST(count(*) AS BIGINT) AS accounts,
    sorted_words(array_agg(author_id)) AS account_ids
  FROM stg_persons
  WHERE NOT is_brand AND NOT is_opted_out
  GROUP BY person_number
) p
JOIN stg_influential s ON s.person_number = p.person_number
