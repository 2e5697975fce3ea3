-- What was wrong with the input?
-- grain: table_name, source, measure
-- may shrink: fewer kinds of fault are no loss
-- check: value >= 0
-- column: campaign – the campaign
-- column: table_name – the table whose input it is about
-- column: source – id of the source in the campaign file, or the name of a sheet; "all" where it is about the night as a whole
-- column: measure – what was counted
-- column: value – how many
WITH windowed AS (
  SELECT
    m.source,
    m.followers,
    m.created_at,
    m.captured_at,
    m.created_at >= params.window_from AND m.created_at < params.interval_to AS is_inside
  FROM stg_messages m
  CROSS JOIN params
),
forwards AS (
  SELECT
    f.own_rule,
    f.is_cycle_cut,
    m.kind,
    m.author_number AS responder_number,
    m.created_at,
    t.author_number AS target_number,
    t.created_at AS target_created_at,
    f.parent_number,
    s.is_seen AS is_target_seen
  FROM est_forest f
  JOIN stg_messages m ON m.message_number = f.message_number
  LEFT JOIN est_forest s ON s.message_number = f.parent_number
  LEFT JOIN stg_messages t ON t.message_number = f.parent_number
  WHERE f.is_seen
),
counted AS (
  SELECT 'stg_messages' AS table_name, source, 'rows_read' AS measure, sum(rows_read) AS value FROM stg_books GROUP BY source
  UNION ALL SELECT 'stg_messages', source, 'staged', sum(staged) FROM stg_books GROUP BY source
  UNION ALL SELECT 'stg_messages', source, 'duplicates', sum(duplicates) FROM stg_books GROUP BY source
  UNION ALL SELECT 'stg_messages', source, 'quarantined', sum(quarantined) FROM stg_books GROUP BY source
  UNION ALL SELECT 'stg_messages', source, 'deleted', sum(deleted) FROM stg_books GROUP BY source
  UNION ALL SELECT 'stg_messages', source, 'included', sum(included) FROM stg_books GROUP BY source
  UNION ALL SELECT 'stg_messages', source, 'unmapped_rows', sum(unmapped) FROM stg_books GROUP BY source
  UNION ALL SELECT 'stg_messages', source, measure, value FROM stg_reading_measures
  UNION ALL SELECT 'stg_messages', source, 'gone', sum(gone) FROM stg_books GROUP BY source HAVING sum(gone) > 0
  UNION ALL SELECT 'stg_messages', source, 'hidden', sum(hidden) FROM stg_books GROUP BY source HAVING sum(hidden) > 0
  UNION ALL SELECT 'fct_coverage', source, 'hours_missed', idiv(CAST(sum(seconds_missed) AS BIGINT) + 1800, 3600) FROM fct_coverage GROUP BY source HAVING sum(seconds_missed) > 0
  UNION ALL SELECT 'fct_coverage', source, 'questions_failed', sum(questions_failed) FROM fct_coverage GROUP BY source HAVING sum(questions_failed) > 0
  UNION ALL SELECT 'fct_coverage', source, 'limited', sum(limited) FROM fct_coverage GROUP BY source HAVING sum(limited) > 0
  UNION ALL SELECT 'stg_' || sheet, sheet, 'rows_read', sum(rows_read) FROM stg_sheet_books GROUP BY sheet
  UNION ALL SELECT 'stg_' || sheet, sheet, 'staged', sum(staged) FROM stg_sheet_books GROUP BY sheet
  UNION ALL SELECT 'stg_' || sheet, sheet, 'duplicates', sum(duplicates) FROM stg_sheet_books GROUP BY sheet
  UNION ALL SELECT 'stg_' || sheet, sheet, 'quarantined', sum(quarantined) FROM stg_sheet_books GROUP BY sheet
  UNION ALL SELECT 'stg_' || sheet, sheet, measure, value FROM stg_sheet_measures
  UNION ALL SELECT 'stg_messages', source, 'outside_window', count(*) FILTER (WHERE NOT is_inside) FROM windowed GROUP BY source
  UNION ALL SELECT 'stg_messages', source, 'future_timestamps', count(*) FILTER (WHERE created_at > captured_at) FROM windowed GROUP BY source
  UNION ALL SELECT 'stg_messages', source, 'followers_unknown', count(*) FILTER (WHERE is_inside AND followers IS NULL) FROM windowed GROUP BY source
  UNION ALL SELECT 'fct_cascades', 'all', 'roots_unseen', count(*) FROM fct_cascades WHERE regexp_matches(flags, 'root_unseen')
  UNION ALL SELECT 'fct_cascades', 'all', 'cycles', count(*) FROM est_forest WHERE is_cycle_cut
  UNION ALL SELECT 'fct_cascades', 'all', 'conversation_cycles', count(*) FROM est_conversation WHERE is_cycle_cut
  UNION ALL SELECT 'fct_cascades', 'all', 'self_forwards', count(*) FROM forwards WHERE is_target_seen AND responder_number = target_number
  UNION ALL SELECT 'fct_cascades', 'all', 'child_before_parent', count(*) FROM forwards WHERE is_target_seen AND created_at < target_created_at
  UNION ALL SELECT 'fct_cascades', 'all', 'forwarders_inferred', count(*) FROM forwards WHERE own_rule = 2
  UNION ALL SELECT 'fct_cascades', 'all', 'forwarders_root', count(*) FROM forwards WHERE own_rule = 1
  UNION ALL SELECT 'fct_cascades', 'all', 'forwards_without_origin', count(*) FROM forwards WHERE kind IN ('reshare', 'quote') AND parent_number IS NULL AND NOT is_cycle_cut
  UNION ALL SELECT 'fct_influence_ties', 'all', measure, value FROM est_forward_findings
  UNION ALL SELECT 'fct_coordination', 'all', measure, value FROM est_coordination_findings
  UNION ALL SELECT 'fct_redemptions', 'all', 'ambiguous', count(*) FROM fct_redemptions WHERE is_ambiguous
  UNION ALL SELECT 'dim_personas', 'all', 'personas', count(*) FROM dim_personas
  UNION ALL SELECT 'dim_personas', 'all', 'influential_people', count(*) FROM fct_persona_members
  UNION ALL SELECT 'fct_redemptions', 'all', 'refused', count(*) FROM fct_redemptions WHERE NOT is_credited
)
SELECT
  params.campaign,
  c.table_name,
  c.source,
  c.measure,
  CAST(c.value AS BIGINT) AS value
FROM counted c
CROSS JOIN params
