-- What was earned and paid?
-- grain: entry_id
-- check: state IN ('earned', 'capped', 'refused', 'reversed')
-- check: CASE state WHEN 'earned' THEN amount = due WHEN 'capped' THEN amount > 0 AND amount < due WHEN 'refused' THEN amount = 0 ELSE amount <= 0 END
-- check: (state = 'reversed') = (reverses IS NOT NULL)
-- column: campaign – the campaign
-- column: entry_id – of the event, the rule and, for what is taken back, the how-manyth time: the same event never has two
-- column: author_id – who earned it: the account that the code belongs to
-- column: kind – discount, product, fee, commission, recognition or naming
-- column: amount – what is given, negative where it is taken back: the sum is what is paid, and never exceeds the budget
-- column: currency – the currency of amount and due
-- column: event_id – the order or the message that earned it
-- column: state – earned; capped, where a limit left only a part; refused, where it left nothing; reversed, where it is taken back
-- column: reason – which limit, or why it is taken back; NULL where earned
-- column: rule – the rule of the campaign file
-- column: due – what the rule alone would give; of what is taken back, the same as amount
-- column: earned_at – time of the order, of the message, of the refund, or when the message was seen to be gone, UTC
-- column: day – its UTC day
-- column: entered_on – last day of the interval whose night entered it: what is new for payment
-- column: entry_number – place in the ledger, from 1 on; entries are appended and never changed
-- column: reverses – the entry that it takes back, whole or in part
SELECT
  params.campaign,
  l.entry_id,
  l.author_id,
  l.kind,
  l.amount,
  l.currency,
  l.event_id,
  l.state,
  CASE
    WHEN l.state = 'reversed' AND l.event_kind = 'order' THEN 'the order was refunded'
    WHEN l.state = 'reversed' THEN 'the message is gone'
    WHEN l.limited_by = 'budget' THEN 'the budget is spent'
    WHEN l.limited_by = 'person' THEN 'the cap of the person is reached'
    WHEN l.limited_by = 'rule' THEN 'the cap of the rule is reached'
  END AS reason,
  l.rule,
  l.due,
  l.occurred_at AS earned_at,
  CAST(l.occurred_at AS DATE) AS day,
  l.entered_on,
  CAST(l.entry_number AS BIGINT) AS entry_number,
  l.reverses
FROM est_ledger l
CROSS JOIN params
