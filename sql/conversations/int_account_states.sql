-- What was last said of each account as a whole. Whose account is not active is not shown, until it is again.
-- grain: account_id
SELECT
  account_id,
  state,
  said_at,
  state <> 'active' AS is_hidden
FROM stg_accounts
QUALIFY row_number() OVER (
  PARTITION BY account_id
  ORDER BY said_at DESC NULLS LAST, captured_at DESC NULLS LAST, state DESC NULLS LAST
) = 1
