-- What would the same methods have found where nothing happened?
-- grain: method, kind, placebo
-- may shrink: a method that refuses runs none
-- check: kind IN ('time', 'unit')
-- check: is_apart = (effect_low > 0 OR effect_high < 0)
-- column: campaign – the campaign
-- column: as_of – last day of the interval
-- column: method – the way in which the return is told
-- column: kind – time: a flight that never was, in the days before; unit: a control unit as if it had been treated
-- column: placebo – first day of the fake flight, or the unit
-- column: effect – what the method found there
-- column: effect_low – lower end of its interval
-- column: effect_high – upper end of its interval
-- column: is_apart – the interval excludes 0, though nothing happened
SELECT
  params.campaign,
  params.as_of,
  p.method,
  p.kind,
  p.placebo,
  p.effect,
  p.effect_low,
  p.effect_high,
  p.effect_low > 0 OR p.effect_high < 0 AS is_apart
FROM est_return_placebos p
CROSS JOIN params
