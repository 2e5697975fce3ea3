-- Who passed a message on, as a network tells it without when and by which message.
-- grain: file_sha256, line, item
-- check: message_id LIKE platform || ':_%'
-- check: account_id LIKE platform || ':_%'
SELECT
  params.file_sha256,
  line,
  item,
  query,
  platform,
  under_platform(platform, message) AS message_id,
  under_platform(platform, account) AS account_id,
  timestamp_of(captured_at) AS captured_at
FROM raw_reposters
CROSS JOIN params
WHERE message <> '' AND account <> '' AND platform <> ''
