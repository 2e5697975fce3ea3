-- Where each hour of the day stands on the dial: cosine and sine of its middle, in millionths.
-- grain: hour
-- check: hour BETWEEN 0 AND 23
SELECT
  CAST(v.hour AS BIGINT) AS hour,
  CAST(v.cosine_micros AS BIGINT) AS cosine_micros,
  CAST(v.sine_micros AS BIGINT) AS sine_micros
FROM (VALUES
  (0, 991445, 130526),
  (1, 923880, 382683),
  (2, 793353, 608761),
  (3, 608761, 793353),
  (4, 382683, 923880),
  (5, 130526, 991445),
  (6, -130526, 991445),
  (7, -382683, 923880),
  (8, -608761, 793353),
  (9, -793353, 608761),
  (10, -923880, 382683),
  (11, -991445, 130526),
  (12, -991445, -130526),
  (13, -923880, -382683),
  (14, -793353, -608761),
  (15, -608761, -793353),
  (16, -382683, -923880),
  (17, -130526, -991445),
  (18, 130526, -991445),
  (19, 382683, -923880),
  (20, 608761, -793353),
  (21, 793353, -608761),
  (22, 923880, -382683),
  (23, 991445, -130526)
) AS v(hour, cosine_micros, sine_micros)
