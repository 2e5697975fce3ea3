-- How far did it travel?
-- grain: root_id
-- split by: day
-- check: size >= 1
-- check: author_count BETWEEN 1 AND size
-- check: max_depth >= 0 OR max_depth IS NULL
-- check: max_breadth >= 1 OR max_breadth IS NULL
-- check: (structural_virality IS NULL) = (size = 1 OR max_depth IS NULL)
-- check: seconds_to_first >= 0 OR seconds_to_first IS NULL
-- check: seconds_to_half >= seconds_to_first OR seconds_to_half IS NULL
-- column: campaign – the campaign
-- column: root_id – the message that was forwarded; unseen ones too, flagged
-- column: author_id – its author; NULL where the root was not seen
-- column: size – messages seen, the root included if it was seen
-- column: max_depth – depth of the deepest forward; NULL where forwarders are inferred
-- column: max_breadth – messages on the widest level; NULL where forwarders are inferred
-- column: structural_virality – mean distance over all pairs of its messages (Goel et al. 2016); NULL at size 1 and where inferred
-- column: author_count – distinct authors
-- column: seconds_to_first – from the root to the first forward; 0 where a forward claims to be older; NULL without root or forward
-- column: seconds_to_half – from the root to the forward that completes half of them
-- column: flags – cycle_cut, inferred, root_rule, root_unseen; sorted, joined by a space; NULL where none applies
-- column: platform – the network
-- column: day – day of the root, or of the first message seen of it, UTC
SELECT
  params.campaign,
  n.message_id AS root_id,
  CASE WHEN f.is_seen THEN n.author_id END AS author_id,
  CAST(f.subtree_size AS BIGINT) AS size,
  CASE WHEN f.rule = 2 THEN NULL ELSE f.height END AS max_depth,
  CASE WHEN f.rule = 2 THEN NULL ELSE CAST(coalesce(b.max_breadth, 1) AS BIGINT) END AS max_breadth,
  CASE
    WHEN f.rule = 2 OR f.subtree_size < 2 THEN NULL
    ELSE 2 * (f.subtree_size * f.size_sum - f.square_sum)
      / nullif(CAST(f.subtree_size AS DOUBLE) * (f.subtree_size - 1), 0)
  END AS structural_virality,
  CAST(coalesce(c.author_count, 1) AS BIGINT) AS author_count,
  -- greatest() passes over NULL: without a forward it would say 0.
  CASE WHEN f.is_seen AND p.first_forward_at IS NOT NULL
    THEN greatest(seconds_between(n.created_at, p.first_forward_at), 0)
  END AS seconds_to_first,
  CASE WHEN f.is_seen AND p.half_forward_at IS NOT NULL
    THEN greatest(seconds_between(n.created_at, p.half_forward_at), 0)
  END AS seconds_to_half,
  nullif(concat_ws(' ',
    CASE WHEN f.is_cycle_cut THEN 'cycle_cut' END,
    CASE WHEN f.rule = 2 THEN 'inferred' END,
    CASE WHEN f.rule = 1 THEN 'root_rule' END,
    CASE WHEN NOT f.is_seen THEN 'root_unseen' END
  ), '') AS flags,
  coalesce(n.platform, split_part(n.message_id, ':', 1)) AS platform,
  CAST(coalesce(CASE WHEN f.is_seen THEN n.created_at END, p.first_seen_at) AS DATE) AS day
FROM est_forest f
JOIN int_names n ON n.message_number = f.message_number
LEFT JOIN int_breadth b ON b.root_number = f.message_number
LEFT JOIN int_pace p ON p.root_number = f.message_number
LEFT JOIN int_crowd c ON c.root_number = f.message_number
CROSS JOIN params
WHERE f.parent_number IS NULL
