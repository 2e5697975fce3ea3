-- What a network or a file said of an account as a whole.
-- grain: file_sha256, line, item
-- check: account_id LIKE platform || ':_%'
-- check: state IN ('active', 'deactivated', 'suspended', 'deleted')
SELECT
  params.file_sha256,
  line,
  item,
  query,
  platform,
  under_platform(platform, account) AS account_id,
  state,
  coalesce(timestamp_of(said_at), timestamp_of(captured_at)) AS said_at,
  timestamp_of(captured_at) AS captured_at
FROM raw_accounts
CROSS JOIN params
WHERE account <> '' AND platform <> '' AND state IN ('active', 'deactivated', 'suspended', 'deleted')
