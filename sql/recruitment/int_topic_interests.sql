-- How much each person cares about the topic of the campaign, with their place among all who speak of it.
-- grain: person_number
SELECT
  i.person_number,
  i.si,
  i.is_interested,
  CAST(rank() OVER (ORDER BY i.si_low DESC NULLS LAST) AS BIGINT) AS interest_rank,
  CAST(count(*) OVER () AS BIGINT) AS talkers
FROM stg_interests i
JOIN stg_persons p ON p.person_number = i.person_number AND p.is_main AND NOT p.is_brand AND NOT p.is_opted_out
CROSS JOIN params
WHERE i.topic = params.topic
