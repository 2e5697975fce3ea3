-- Every reward that the ledger holds or that is due, by a number; a person has the same number in all of theirs.
-- What was entered keeps its author; whose account that is, the identities of tonight say.
-- grain: event_kind, event_id, rule
WITH entered AS (
  SELECT
    e.event_kind,
    e.event_id,
    e.rule,
    e.kind,
    e.author_id,
    coalesce('person ' || i.person_key, 'account ' || e.author_id) AS person_key
  FROM est_earlier_entries e
  LEFT JOIN stg_identities i ON i.author_id = e.author_id
  WHERE e.state <> 'reversed'
),
rewards AS (
  SELECT event_kind, event_id, rule, kind, author_id, person_key FROM entered
  UNION ALL
  SELECT d.event_kind, d.event_id, d.rule, d.kind, d.author_id, d.person_key
  FROM int_rewards_due d
  ANTI JOIN entered e ON e.event_kind = d.event_kind AND e.event_id = d.event_id AND e.rule = d.rule
)
SELECT
  r.event_kind,
  r.event_id,
  r.rule,
  r.kind,
  r.author_id,
  CAST(row_number() OVER (ORDER BY r.event_kind ASC NULLS LAST, r.event_id ASC NULLS LAST, r.rule ASC NULLS LAST) AS INTEGER) - 1 AS reward_number,
  CAST(rank() OVER (ORDER BY r.person_key ASC NULLS LAST) AS INTEGER) - 1 AS person_number,
  coalesce(u.rule_number, -1) AS rule_number
FROM rewards r
LEFT JOIN stg_incentive_rules u ON u.rule = r.rule
