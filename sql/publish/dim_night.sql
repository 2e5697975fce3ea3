-- Is this fresh, and can I trust it?
-- grain: campaign
-- check: verdict IN ('complete', 'partial', 'empty')
-- check: returns_verdict IN ('gain', 'loss', 'open', 'cannot_tell') OR returns_verdict IS NULL
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: interval_from – start of the interval, UTC
-- column: interval_to – its end, excluded, UTC
-- column: verdict – complete; partial, when rows had to be refused, a twentieth of the hours to be asked of networks was missed, or a server or stream was not asked about the interval at all; empty, when the window holds no message
-- column: reason – why, in a few sentences
-- column: messages – messages in the window
-- column: quarantined – rows of exports and of the campaign's own files that were refused
-- column: returns_verdict – of the return: gain, loss, open (the interval holds both), cannot_tell; NULL where nothing is there to tell it by
-- column: returns_reason – why, in one sentence
SELECT
  params.campaign,
  params.as_of,
  params.interval_from,
  params.interval_to,
  CASE
    WHEN m.messages = 0 THEN 'empty'
    WHEN b.quarantined > 0 OR is_much_missed(c.of_interval) OR is_much_missed(c.of_window) OR u.lanes IS NOT NULL THEN 'partial'
    ELSE 'complete'
  END AS verdict,
  concat_ws(' ',
    CASE
      WHEN m.messages = 0 THEN 'No message lies within the window.'
      WHEN b.quarantined > 0 THEN 'Some rows could not be read and are in quarantine: see fct_quality and fct_coverage.'
      ELSE 'Every row that was read is staged, a duplicate or deleted.'
    END,
    CASE
      WHEN is_much_missed(c.of_interval) THEN concat_ws('', 'Of the hours of the interval that networks were to be asked about, ', whole_percent(c.of_interval), ' were missed: see fct_coverage.')
      WHEN is_much_missed(c.of_window) THEN concat_ws('', 'Of the hours of the window that networks were to be asked about, ', whole_percent(c.of_window), ' were missed: see fct_coverage.')
    END,
    CASE WHEN u.lanes IS NOT NULL THEN concat_ws('', 'Nothing of the interval was collected of ', u.lanes, '.') END
  ) AS reason,
  CAST(m.messages AS BIGINT) AS messages,
  CAST(b.quarantined AS BIGINT) AS quarantined,
  a.verdict AS returns_verdict,
  a.reason AS returns_reason
FROM (SELECT count(*) AS messages FROM fct_messages) m
CROSS JOIN (
  SELECT coalesce(sum(quarantined), 0) AS quarantined
  FROM (SELECT quarantined FROM stg_books UNION ALL SELECT quarantined FROM stg_sheet_books)
) b
CROSS JOIN (
  SELECT
    CAST(sum(seconds_missed) AS DOUBLE) / nullif(CAST(sum(seconds_asked) AS DOUBLE), 0) AS of_window,
    CAST(sum(CASE WHEN hour >= params.interval_from THEN seconds_missed END) AS DOUBLE)
      / nullif(CAST(sum(CASE WHEN hour >= params.interval_from THEN seconds_asked END) AS DOUBLE), 0) AS of_interval
  FROM fct_coverage
  CROSS JOIN params
) c
CROSS JOIN (SELECT replace(sorted_words(array_agg(lane)), ' ', ', ') AS lanes FROM stg_unasked_lanes) u
CROSS JOIN est_return_answer a
CROSS JOIN params
