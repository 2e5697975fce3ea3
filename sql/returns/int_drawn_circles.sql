-- Whose spending counts for each person of the arms: their own, and that of who forwarded or answered them before the flight, in a window that ends where the flight begins.
-- grain: person_number, member_key
WITH talk AS (
  SELECT
    m.message_number,
    m.author_number,
    m.author_id,
    -- Where nobody tells who was forwarded, it was the root's author.
    CASE WHEN m.kind IN ('reshare', 'quote') THEN coalesce(m.via_number, m.parent_number, m.root_number) ELSE m.parent_number END AS target_number,
    m.reply_number
  FROM stg_messages m
  CROSS JOIN params
  WHERE m.created_at >= params.audience_from AND m.created_at < CAST(params.flight_from AS TIMESTAMP)
),
voices AS (
  SELECT
    a.author_number,
    coalesce('person ' || i.person_key, 'account ' || a.author_id) AS person_key
  FROM (SELECT DISTINCT author_number, author_id FROM talk) a
  LEFT JOIN stg_identities i ON i.author_id = a.author_id
),
said AS (
  SELECT t.message_number, d.person_number
  FROM talk t
  JOIN voices v ON v.author_number = t.author_number
  JOIN int_drawn_people d ON d.person_key = v.person_key
),
answers AS (
  SELECT author_number, target_number FROM talk WHERE target_number IS NOT NULL
  UNION ALL
  SELECT author_number, reply_number AS target_number FROM talk WHERE reply_number IS NOT NULL
)
SELECT person_number, person_key AS member_key
FROM int_drawn_people
UNION
SELECT s.person_number, v.person_key AS member_key
FROM answers a
JOIN said s ON s.message_number = a.target_number
JOIN voices v ON v.author_number = a.author_number
