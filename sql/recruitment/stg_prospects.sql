-- Everybody worth a row, with persona, whom they resemble, and in words why to ask them or not.
-- grain: author_id
-- check: reason IS NOT NULL
-- check: persona_fit > 0 AND persona_fit <= 1 OR persona_fit IS NULL
SELECT
  p.person_number,
  p.author_id,
  split_part(p.author_id, ':', 1) AS platform,
  p.cie,
  p.cie_beyond_self,
  p.si,
  m.persona_id,
  1 / nullif(1 + m.distance, 0) AS persona_fit,
  p.score,
  concat_ws('; ',
    CASE
      WHEN p.person_number IS NULL THEN 'no message in the window'
      WHEN p.accomplices > 0 THEN concat_ws('', 'acts in concert with ', CAST(p.accomplices AS STRING), ' others')
    END,
    CASE
      WHEN p.person_number IS NULL THEN NULL
      WHEN p.is_influential THEN concat_ws('',
        'influential: place ', CAST(p.influence_rank AS STRING), ' of ', CAST(p.people AS STRING), ' by CIE, ', p.influential_reason)
      WHEN p.cie_beyond_self > 0 THEN concat_ws('',
        'not influential: place ', CAST(p.influence_rank AS STRING), ' of ', CAST(p.people AS STRING), ' by CIE, ', p.influential_reason)
      ELSE 'not influential: moves nobody'
    END,
    CASE
      WHEN p.person_number IS NULL THEN NULL
      WHEN p.is_interested THEN concat_ws('',
        'interested in ', params.topic, ': place ', CAST(p.interest_rank AS STRING), ' of ', CAST(p.talkers AS STRING))
      WHEN p.si IS NULL THEN concat_ws('', 'says nothing of ', params.topic)
      ELSE concat_ws('', 'not interested in ', params.topic, ' beyond everyone')
    END,
    CASE WHEN m.persona_id IS NOT NULL THEN concat_ws('', 'of ', m.persona_id) END,
    CASE WHEN k.look_alike_of IS NOT NULL THEN concat_ws('', 'looks like ', k.look_alike_of) END,
    CASE WHEN i.is_partly_seen THEN concat_ws('', 'partly seen: ', whole_percent(i.hours_missed), ' of the hours were missed') END,
    CASE WHEN p.accounts > 1 THEN concat_ws('', CAST(p.accounts AS STRING), ' accounts merged') END,
    CASE
      WHEN p.cost IS NULL THEN 'cost unknown'
      WHEN p.prices > 1 AND p.is_of_main THEN concat_ws('', CAST(p.prices AS STRING), ' prices, that of the main account taken')
      WHEN p.prices > 1 THEN concat_ws('', CAST(p.prices AS STRING), ' prices, the lowest taken')
      WHEN NOT p.is_of_main THEN 'the price of another account taken'
    END
  ) AS reason,
  p.is_excluded,
  p.is_influential,
  p.is_interested,
  p.accomplices > 0 AS is_coordinated,
  k.look_alike_of,
  p.accounts,
  p.account_ids,
  p.influence_rank,
  p.interest_rank,
  p.followers,
  p.forwards_received,
  p.pagerank,
  p.cost,
  p.acceptance
FROM int_prospects p
LEFT JOIN fct_persona_members m ON m.author_id = p.author_id
LEFT JOIN fct_influencers i ON i.author_id = p.author_id
LEFT JOIN int_look_alikes k ON k.person_number = p.person_number
CROSS JOIN params
