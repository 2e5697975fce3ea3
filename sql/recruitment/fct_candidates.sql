-- Whom could we ask?
-- grain: author_id
-- may shrink: whom a night lists depends on what it found out, not on what it read
-- check: score BETWEEN 0 AND 1 OR score IS NULL
-- check: is_excluded = (NOT is_influential OR NOT is_interested OR is_coordinated)
-- check: cost >= 0 OR cost IS NULL
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: author_id – the person's main account, or its pseudonym: who moves others, cares about the topic, or stands in the candidates file
-- column: cie – Customer Influence Effect without coordinated ties, all accounts together; NULL where no message is in the window
-- column: si – Stickiness Index of the campaign's topic; NULL where they say nothing of it
-- column: persona_id – the persona they belong to; NULL where none
-- column: score – geometric mean of two shares: of the rows here whose cie_beyond_self is not above theirs, and of those whose si is not; 0 without influence or interest; NULL without a message
-- column: reason – why to ask them or not, with places, baselines and what was merged
-- column: is_excluded – whether they are not to be asked: no message, acts in concert, not influential or not interested
-- column: is_influential – by CIE and its baselines; not yet tested against chance
-- column: is_interested – whether they care about the topic more than everyone does
-- column: is_coordinated – whether they act in concert with others
-- column: persona_fit – 1 / (1 + distance to the middle of the persona); NULL where none
-- column: look_alike_of – not influential yet: which of the ten best they resemble most; NULL for others
-- column: accounts – accounts of theirs with a message in the window
-- column: account_ids – those accounts, sorted, joined by a space
-- column: platform – the network of the main account
-- column: cie_beyond_self – cie without everyone's own voice
-- column: influence_rank – place by cie_beyond_self among all people; equals share a place
-- column: interest_rank – place by the lower bound of si among all who speak of the topic
-- column: followers – baseline: of all accounts; NULL where never told
-- column: forwards_received – baseline: forwards by others
-- column: pagerank – baseline: PageRank on the same ties
-- column: cost – what asking them costs; NULL where the candidates file does not say
-- column: currency – of cost
-- column: acceptance – probability that they accept, as the candidates file says
SELECT
  params.campaign,
  params.as_of,
  p.author_id,
  p.cie,
  p.si,
  p.persona_id,
  p.score,
  p.reason,
  p.is_excluded,
  p.is_influential,
  p.is_interested,
  p.is_coordinated,
  p.persona_fit,
  p.look_alike_of,
  p.accounts,
  p.account_ids,
  p.platform,
  p.cie_beyond_self,
  p.influence_rank,
  p.interest_rank,
  p.followers,
  p.forwards_received,
  p.pagerank,
  p.cost,
  CASE WHEN p.cost IS NOT NULL THEN params.currency END AS currency,
  p.acceptance
FROM stg_prospects p
CROSS JOIN params
