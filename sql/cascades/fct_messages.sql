-- What happened to each message?
-- grain: message_id
-- split by: day
-- check: spread >= 0
-- check: influence >= 0
-- check: impact >= 0
-- check: forwarder_rule IN ('observed', 'inferred', 'root')
-- check: (jumps IS NULL) = (forwarder_rule = 'inferred')
-- check: root_id IS NOT NULL
-- column: campaign – the campaign
-- column: message_id – platform and native id, or its pseudonym
-- column: platform – the network
-- column: author_id – who wrote or forwarded it
-- column: kind – post, reshare, quote, reply or comment
-- column: parent_id – the message that it forwards; NULL where it is no forward or the forwarder is unknown
-- column: root_id – the root of the cascade it belongs to; its own id where it starts one
-- column: conversation_parent_id – the message that it answers
-- column: conversation_root_id – the message that began the conversation; its own id where it answers none
-- column: conversation_depth – answers between it and the root of the conversation
-- column: created_at – when it was written, UTC
-- column: day – day of created_at, UTC
-- column: spread – forwards of this very message, expected ones where the forwarder is inferred
-- column: influence – forwards of its forwards, at any further depth
-- column: jumps – connections that the message jumped: depth of its deepest forward; NULL where inferred
-- column: impact – direct replies and comments
-- column: forwarder_rule – how forwarders are known: observed, inferred (Cas.In), or root (all credit to the root)
SELECT
  params.campaign,
  m.message_id,
  m.platform,
  m.author_id,
  m.kind,
  CASE
    WHEN f.parent_number IS NULL OR f.own_rule = 2 THEN NULL
    WHEN f.parent_number = m.via_number THEN m.via_id
    WHEN f.parent_number = m.parent_number THEN m.parent_id
    ELSE m.root_id
  END AS parent_id,
  CASE WHEN f.root_number = m.message_number THEN m.message_id ELSE r.message_id END AS root_id,
  CASE
    WHEN c.parent_number IS NULL THEN NULL
    WHEN m.kind NOT IN ('reply', 'comment') THEN m.reply_to_id
    WHEN c.parent_number = m.parent_number THEN m.parent_id
    WHEN c.parent_number = m.reply_number THEN m.reply_to_id
    ELSE m.root_id
  END AS conversation_parent_id,
  CASE WHEN c.root_number = m.message_number THEN m.message_id ELSE t.message_id END AS conversation_root_id,
  c.depth AS conversation_depth,
  m.created_at,
  CAST(m.created_at AS DATE) AS day,
  f.spread,
  f.influence,
  CASE WHEN f.rule = 2 THEN NULL ELSE f.height END AS jumps,
  CAST(coalesce(i.replies, 0) AS BIGINT) AS impact,
  CASE f.rule WHEN 2 THEN 'inferred' WHEN 1 THEN 'root' ELSE 'observed' END AS forwarder_rule
FROM stg_messages m
JOIN est_forest f ON f.message_number = m.message_number
JOIN est_conversation c ON c.message_number = m.message_number
LEFT JOIN (
  SELECT n.message_number, n.message_id
  FROM int_names n
  SEMI JOIN (SELECT root_number FROM est_forest WHERE root_number <> message_number) e ON e.root_number = n.message_number
) r ON r.message_number = nullif(f.root_number, f.message_number)
LEFT JOIN (
  SELECT n.message_number, n.message_id
  FROM int_names n
  SEMI JOIN (SELECT root_number FROM est_conversation WHERE root_number <> message_number) e ON e.root_number = n.message_number
) t ON t.message_number = nullif(c.root_number, c.message_number)
LEFT JOIN int_impact i ON i.message_number = m.message_number
CROSS JOIN params
WHERE f.is_seen AND c.is_seen
