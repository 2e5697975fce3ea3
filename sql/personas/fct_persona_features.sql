-- What sets each persona apart?
-- grain: persona_id, feature
-- may shrink: there are as many personas as can be told apart, and none is an answer
-- check: direction IN ('high', 'low')
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: persona_id – the persona
-- column: feature – what was looked at; platform_… is the share of a network in what a person writes
-- column: direction – high or low, compared with all influential people; of the hour later or earlier
-- column: z – how far its people are from the mean of all, in standard deviations; NULL where it is known of none of them
-- column: mean – in the unit: the mean of its people; of what grows by factors the geometric mean, of hours the circular one
-- column: mean_of_all – the same over all influential people
-- column: unit – the unit of both means
-- column: is_defining – whether the persona is told by it: half a standard deviation or more, and beyond chance for so many people
SELECT
  params.campaign,
  params.as_of,
  r.persona_id,
  t.feature,
  t.direction,
  t.z,
  t.mean,
  t.mean_of_all,
  t.unit,
  t.is_defining
FROM est_persona_traits t
JOIN est_persona_register r ON r.persona_number = t.persona_number
CROSS JOIN params
