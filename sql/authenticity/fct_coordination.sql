-- Who acts in concert?
-- grain: author_a, author_b
-- may shrink: what two share within ten seconds leaves the window with its days
-- check: author_a <> author_b
-- check: pairs >= 2
-- check: symmetry > 0 AND symmetry <= 1
-- column: campaign – the campaign
-- column: author_a – the one, first by id
-- column: author_b – the other
-- column: shared_objects – different links, sets of hashtags, texts and reposted messages that both shared within ten seconds
-- column: pairs – pairs of their messages that share an object within ten seconds, at least 2
-- column: symmetry – messages in those pairs: of who has fewer, divided by those of who has more
-- column: p_value – how likely chance alone makes them coincide on so many occasions, each one's shares and all times kept
-- column: is_flagged – whether they act in concert: pairs above the median of all weights, and q_value at most .05
-- column: q_value – share of false discoveries if all pairs with at most this q_value were flagged
-- column: kinds – what they shared, sorted, joined by a space: hashtags, link, repost, text
SELECT
  params.campaign,
  a.author_id AS author_a,
  b.author_id AS author_b,
  CAST(c.shared_objects AS BIGINT) AS shared_objects,
  CAST(c.pairs AS BIGINT) AS pairs,
  c.symmetry,
  c.p_value,
  c.is_flagged,
  c.q_value,
  concat_ws(' ',
    CASE WHEN c.by_hashtags = 1 THEN 'hashtags' END,
    CASE WHEN c.by_link = 1 THEN 'link' END,
    CASE WHEN c.by_repost = 1 THEN 'repost' END,
    CASE WHEN c.by_text = 1 THEN 'text' END
  ) AS kinds
FROM est_coordination c
JOIN stg_persons a ON a.author_number = c.author_a
JOIN stg_persons b ON b.author_number = c.author_b
CROSS JOIN params
