-- What was sold each day, and what would have been sold without the campaign?
-- grain: method, day
-- may shrink: a method that refuses draws no days
-- check: (expected_low IS NULL) = (expected_high IS NULL)
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: method – the way in which the return is told
-- column: day – a day of the flight or of the quiet days before it
-- column: observed – sales of all treated units together
-- column: expected – what the method expects of them without the campaign
-- column: expected_low – lower end of its interval for that day alone; NULL where the method has none
-- column: expected_high – upper end of its interval for that day alone; NULL where the method has none
-- column: is_flight – whether the day belongs to the flight
SELECT
  params.campaign,
  params.as_of,
  d.method,
  d.day,
  d.observed,
  d.expected,
  d.expected_low,
  d.expected_high,
  d.is_flight
FROM est_return_days d
CROSS JOIN params
