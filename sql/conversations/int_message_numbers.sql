-- Dense numbers for the staged messages, in the order of their ids: what the methods and later joins use instead of text.
-- grain: message_number
SELECT
  message_id,
  CAST(row_number() OVER (ORDER BY message_id ASC NULLS FIRST) - 1 AS INTEGER) AS message_number
FROM int_kept
