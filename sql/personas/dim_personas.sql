-- What have influencers in common?
-- grain: persona_id
-- may shrink: there are as many personas as can be told apart, and none is an answer
-- check: size >= 1
-- check: stability BETWEEN 0 AND 1
-- check: stability_verdict IN ('stable', 'fair', 'unstable')
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: persona_id – its name for good: kept from night to night, never given again
-- column: name – its strongest traits on the night it was born, in English
-- column: size – how many influential people are in it
-- column: stability – bootstrap Jaccard similarity (Hennig 2007): how surely the group is found again, 0 to 1
-- column: exemplars – the three people nearest to its centre, sorted
-- column: name_fr – its name in French
-- column: size_share – their share among all influential people
-- column: stability_verdict – stable above .75, unstable below .60, fair between
-- column: born_on – last day of the interval on which it was first told apart
-- column: similarity – Jaccard similarity with itself when last seen, over the people who were there both times; NULL where it is new
SELECT
  params.campaign,
  params.as_of,
  r.persona_id,
  r.name,
  e.size,
  e.stability,
  x.exemplars,
  r.name_fr,
  CAST(e.size AS DOUBLE) / nullif(sum(e.size) OVER (), 0) AS size_share,
  CASE WHEN e.stability > 0.75 THEN 'stable' WHEN e.stability < 0.6 THEN 'unstable' ELSE 'fair' END AS stability_verdict,
  r.born_on,
  e.similarity
FROM est_personas e
JOIN est_persona_register r ON r.persona_number = e.persona_number
JOIN (
  SELECT persona_number, sorted_words(array_agg(author_id)) AS exemplars
  FROM int_persona_exemplars
  GROUP BY persona_number
) x ON x.persona_number = e.persona_number
CROSS JOIN params
