-- Who cares? One row a person and topic of which they said a word; the brand and those who opted out are left out.
-- grain: author_id, topic
-- may shrink: who says a word of a topic depends on the words learned that night
-- check: topic_tokens > 0 AND topic_tokens <= tokens + 0.000001
-- check: share >= 0 AND share <= 1.000001
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: author_id – main account of the person: platform and native id, or its pseudonym
-- column: topic – the topic, as the campaign names it
-- column: topic_tokens – weight of the topic's words among the person's: a seed weighs 1, a learned word 0 to 1
-- column: tokens – words the person said, stop words left out, each once a message
-- column: share – topic_tokens of tokens
-- column: si – Stickiness Index: the share, drawn to the population's as far as the words are few; NULL where all say nothing else
-- column: lift – share by the population's share; 1 is like everybody
-- column: z – log-odds of the share against everybody else's, in standard errors; 1.96 is 5 %; NULL where all say nothing else
-- column: si_low – lower end of si: it lies below with 5 % probability; words of one message are hardly more than one witness; NULL where si is
-- column: is_interested – whether si_low lies above the population's share; false where it is NULL
-- column: interest_rank – place by si_low; who said few words never tops it; equals share a place
SELECT
  params.campaign,
  params.as_of,
  a.author_id,
  i.topic,
  i.topic_tokens,
  i.tokens,
  i.share,
  i.si,
  i.lift,
  i.z,
  i.si_low,
  i.is_interested,
  CAST(rank() OVER (PARTITION BY i.topic ORDER BY i.si_low DESC NULLS LAST) AS BIGINT) AS interest_rank
FROM stg_interests i
JOIN stg_persons a ON a.person_number = i.person_number AND a.is_main
CROSS JOIN params
WHERE NOT a.is_brand AND NOT a.is_opted_out
