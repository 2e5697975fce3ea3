-- How likely a message of one person is passed on by another: forwards over messages (Goyal, Bonchi, Lakshmanan 2010, Bernoulli), shrunk by four messages that nobody passed on.
-- grain: influencer_number, influenced_number
-- check: influencer_number <> influenced_number
-- check: probability > 0 AND probability < 1
SELECT
  p.influencer_number,
  p.influenced_number,
  CAST(sum(p.passed_micros) AS DOUBLE) / 1000000 / (CAST(min(c.messages) AS DOUBLE) + 4) AS probability
FROM int_passed_on p
JOIN int_carried c ON c.person_number = p.influencer_number
GROUP BY p.influencer_number, p.influenced_number
