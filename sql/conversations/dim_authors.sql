-- Who?
-- grain: author_id
-- check: first_seen_at <= last_seen_at
-- column: campaign – the campaign
-- column: author_id – platform and native id, or its pseudonym
-- column: platform – the network
-- column: followers – as last captured within the window; NULL where never told
-- column: languages – languages of the messages, sorted, joined by a space
-- column: first_seen_at – first message in the window, UTC
-- column: last_seen_at – last message in the window, UTC
-- column: is_brand – whether it is an account of the brand
-- column: is_pseudonymised – whether author_id is a pseudonym
-- column: person_id – the main account of the person behind it: its own id where no other account is known to be theirs
-- column: is_opted_out – whether the person asked, from any account and whenever, not to be listed
WITH talk AS (
  SELECT m.author_id, m.platform, m.language, m.followers, m.created_at, m.captured_at, m.message_number
  FROM stg_messages m
  CROSS JOIN params
  WHERE m.created_at >= params.window_from AND m.created_at < params.interval_to
),
spoken AS (
  SELECT author_id, sorted_words(array_agg(language)) AS languages
  FROM (SELECT DISTINCT author_id, language FROM talk WHERE language IS NOT NULL)
  GROUP BY author_id
),
seen AS (
  SELECT
    author_id,
    min(platform) AS platform,
    max_by(followers, (coalesce(captured_at, created_at), created_at, message_number)) FILTER (WHERE followers IS NOT NULL) AS followers,
    min(created_at) AS first_seen_at,
    max(created_at) AS last_seen_at
  FROM talk
  GROUP BY author_id
)
SELECT
  params.campaign,
  s.author_id,
  s.platform,
  s.followers,
  l.languages,
  s.first_seen_at,
  s.last_seen_at,
  b.author_id IS NOT NULL AS is_brand,
  params.pseudonymise AS is_pseudonymised,
  p.person_id,
  p.is_opted_out
FROM seen s
LEFT JOIN spoken l ON l.author_id = s.author_id
JOIN stg_persons p ON p.author_id = s.author_id
LEFT JOIN stg_brand_accounts b ON b.author_id = s.author_id
CROSS JOIN params
