-- Everybody worth a row: who moves others, who cares about the topic, who has a price; with a score from the places by influence and by interest.
-- grain: author_id
-- check: score BETWEEN 0 AND 1 OR score IS NULL
-- check: (score IS NULL) = (person_number IS NULL)
WITH listed AS (
  SELECT
    k.person_number,
    k.author_id,
    k.accounts,
    k.account_ids,
    k.cie,
    k.cie_beyond_self,
    k.followers,
    k.forwards_received,
    k.pagerank,
    k.is_influential,
    k.influential_reason,
    k.influence_rank,
    k.people,
    i.si,
    i.is_interested,
    i.interest_rank,
    i.talkers,
    a.accomplices,
    p.cost,
    p.acceptance,
    p.prices,
    p.is_of_main
  FROM int_known_people k
  LEFT JOIN int_topic_interests i ON i.person_number = k.person_number
  LEFT JOIN int_accomplices a ON a.person_number = k.person_number
  LEFT JOIN int_prices p ON p.person_number = k.person_number
  WHERE k.cie_beyond_self > 0 OR i.is_interested OR p.cost IS NOT NULL
  UNION ALL
  SELECT
    CAST(NULL AS INTEGER) AS person_number,
    p.author_id,
    CAST(NULL AS BIGINT) AS accounts,
    CAST(NULL AS STRING) AS account_ids,
    CAST(NULL AS DOUBLE) AS cie,
    CAST(NULL AS DOUBLE) AS cie_beyond_self,
    CAST(NULL AS BIGINT) AS followers,
    CAST(NULL AS BIGINT) AS forwards_received,
    CAST(NULL AS DOUBLE) AS pagerank,
    FALSE AS is_influential,
    CAST(NULL AS STRING) AS influential_reason,
    CAST(NULL AS BIGINT) AS influence_rank,
    CAST(NULL AS BIGINT) AS people,
    CAST(NULL AS DOUBLE) AS si,
    FALSE AS is_interested,
    CAST(NULL AS BIGINT) AS interest_rank,
    CAST(NULL AS BIGINT) AS talkers,
    CAST(NULL AS BIGINT) AS accomplices,
    p.cost,
    p.acceptance,
    p.prices,
    p.is_of_main
  FROM int_prices p
  WHERE p.person_number IS NULL
),
placed AS (
  SELECT
    *,
    count(*) OVER () AS prospects,
    CAST(rank() OVER (ORDER BY cie_beyond_self DESC NULLS LAST) AS BIGINT) AS place_by_influence,
    CAST(rank() OVER (ORDER BY si DESC NULLS LAST) AS BIGINT) AS place_by_interest
  FROM listed
)
SELECT
  l.person_number,
  l.author_id,
  l.accounts,
  l.account_ids,
  l.cie,
  l.cie_beyond_self,
  l.followers,
  l.forwards_received,
  l.pagerank,
  l.is_influential,
  l.influential_reason,
  l.influence_rank,
  l.people,
  l.si,
  coalesce(l.is_interested, FALSE) AS is_interested,
  l.interest_rank,
  l.talkers,
  CAST(coalesce(l.accomplices, 0) AS BIGINT) AS accomplices,
  l.cost,
  l.acceptance,
  l.prices,
  l.is_of_main,
  l.person_number IS NULL
    OR l.accomplices IS NOT NULL
    OR NOT l.is_influential
    OR NOT coalesce(l.is_interested, FALSE) AS is_excluded,
  CASE
    WHEN l.person_number IS NULL THEN NULL
    WHEN l.cie_beyond_self > 0 AND l.si > 0 THEN sqrt(
      CAST(l.prospects - l.place_by_influence + 1 AS DOUBLE) / nullif(l.prospects, 0)
      * (CAST(l.prospects - l.place_by_interest + 1 AS DOUBLE) / nullif(l.prospects, 0))
    )
    ELSE CAST(0 AS DOUBLE)
  END AS score
FROM placed l
CROSS JOIN params
WHERE params.topic IS NOT NULL
