-- How far each of these people's messages travel: mean structural virality of their cascades whose forwarders are observed.
-- grain: person_number
-- check: virality >= 1
SELECT
  a.person_number,
  CAST(sum(CAST(floor(
    2 * (f.subtree_size * f.size_sum - f.square_sum)
      / nullif(CAST(f.subtree_size AS DOUBLE) * (f.subtree_size - 1), 0) * 1000000 + 0.5
  ) AS BIGINT)) AS DOUBLE) / nullif(CAST(count(*) AS DOUBLE) * 1000000, 0) AS virality
FROM est_forest f
JOIN stg_messages m ON m.message_number = f.message_number
JOIN int_persona_accounts a ON a.author_number = m.author_number
WHERE f.parent_number IS NULL AND f.is_seen AND f.rule = 0 AND f.subtree_size >= 2
GROUP BY a.person_number
