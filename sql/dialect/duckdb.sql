-- What differs between engines, as DuckDB says it.
CREATE OR REPLACE MACRO seconds_between(a, b) AS CAST(epoch_us(b) - epoch_us(a) AS DOUBLE) / 1000000;
CREATE OR REPLACE MACRO micros(t) AS epoch_us(t);
CREATE OR REPLACE MACRO idiv(a, b) AS a // b;
CREATE OR REPLACE MACRO sorted_words(words) AS array_to_string(list_sort(words), ' ');
CREATE OR REPLACE MACRO toks(t) AS TABLE SELECT unnest(regexp_extract_all(lower(t), '[^ [:punct:][:space:]]+')) AS tok;
-- A cast to TIMESTAMP is quick but drops an offset in silence: only for the shape that most files use, in UTC.
CREATE OR REPLACE MACRO timestamp_of(t) AS CASE
  WHEN t >= '0' AND (t LIKE '____-__-__T__:__:__Z' OR t LIKE '____-__-__T__:__:__.___Z') THEN TRY_CAST(t AS TIMESTAMP)
  WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?(Z|[+-][0-9]{2}(:?[0-9]{2})?)?')
    THEN CAST(TRY_CAST(t AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)
  WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(Z|[+-][0-9]{2}(:?[0-9]{2})?)?')
    THEN CAST(TRY_CAST(left(t, 16) || ':00' || substr(t, 17) AS TIMESTAMPTZ) AT TIME ZONE 'UTC' AS TIMESTAMP)
  END;
CREATE OR REPLACE MACRO has_control(t) AS regexp_matches(t, '[[:cntrl:]]');
CREATE OR REPLACE MACRO printable(t) AS regexp_replace(t, '[[:cntrl:]]', '?', 'g');
-- An id as it stands where it names a network we know or its own; else under its platform.
CREATE OR REPLACE MACRO under_platform(platform, id) AS CASE
  WHEN id = '' THEN NULL
  WHEN NOT contains(id, ':') THEN platform || ':' || id
  WHEN split_part(id, ':', 1) = platform OR split_part(id, ':', 1) IN ('x', 'bluesky', 'mastodon', 'reddit', 'youtube') THEN id
  ELSE platform || ':' || id
END;
-- A text as a whole number, 63 bits of its MD5: texts are joined as numbers. Among ten million, two share one in 1 of 180,000 cases.
CREATE OR REPLACE MACRO text_number(t) AS CAST(md5_number_lower(t) >> 1 AS BIGINT);
CREATE OR REPLACE MACRO links(t) AS TABLE SELECT unnest(regexp_extract_all(t, '(?i)https?://[^[:space:]<>"]+')) AS link;
CREATE OR REPLACE MACRO without_links(t) AS regexp_replace(t, '(?i)https?://[^[:space:]]+', ' ', 'g');
-- Where a link leads, however it is written: no scheme, fragment, tracking, closing punctuation or slash; its host in lower case.
CREATE OR REPLACE MACRO link_target(l) AS regexp_replace(
  lower(regexp_extract(l, '(?i)^https?://([^/?#]*)', 1))
    || regexp_replace(
      regexp_replace(
        regexp_replace(regexp_extract(l, '(?i)^https?://[^/?#]*([^#]*)', 1), '[.,;:!)''…»”’]+$', ''),
        '(?i)([?&])((utm_[a-z_]+|fbclid|gclid|dclid|msclkid|twclid|yclid|igsh|igshid|mc_cid|mc_eid|ref_src|ref_url)=[^&]*(&|$))+', '\1', 'g'
      ),
      '[?&]+$', ''
    ),
  '/+$', ''
);
CREATE OR REPLACE MACRO hashtags(t) AS TABLE
  SELECT unnest(regexp_extract_all(lower(without_links(t)), '#([\p{N}_]*[\p{L}\p{M}][\p{L}\p{M}\p{N}_]*)', 1)) AS hashtag;
-- The distinct words of a text, long ones first: without links, handles, hashtags, digits, punctuation, case and accents.
CREATE OR REPLACE MACRO bag_of_words(t) AS array_to_string(list_transform(
  list_sort(list_transform(
    list_distinct(regexp_extract_all(strip_accents(lower(regexp_replace(without_links(t), '[@#][^[:space:]]+', ' ', 'g'))), '\p{L}+')),
    lambda w: {'shortness': -length(w), 'word': w}
  )),
  lambda w: w.word
), ' ');
CREATE OR REPLACE MACRO words_in(bag) AS CASE WHEN bag = '' THEN 0 ELSE length(bag) - length(replace(bag, ' ', '')) + 1 END;
CREATE OR REPLACE MACRO first_words(bag, n) AS string_split(bag, ' ')[1:n];
-- How many words two bags have both.
CREATE OR REPLACE MACRO words_shared(a, b) AS CAST(len(list_intersect(string_split(a, ' '), string_split(b, ' '))) AS INTEGER);
CREATE OR REPLACE MACRO cut_at_spaces(t) AS string_split(translate(t, chr(9) || chr(10) || chr(13), '   '), ' ');
-- A row for each item of a list, beside the other columns of its SELECT: four times as fast as a lateral join.
CREATE OR REPLACE MACRO explode(list) AS unnest(list);

CREATE OR REPLACE MACRO shown(t) AS printable(substr(t, 1, 60));
-- A day that people write, or the UTC day of a moment.
CREATE OR REPLACE MACRO day_of(t) AS CASE
  WHEN regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(t AS DATE)
  ELSE CAST(timestamp_of(t) AS DATE)
  END;
-- Money to four decimals; a decimal beyond them that is not 0 is no amount.
CREATE OR REPLACE MACRO amount_of(t) AS CASE
  WHEN regexp_full_match(t, '[0-9]{1,14}([.][0-9]{1,4}0*)?') THEN TRY_CAST(t AS DECIMAL(18, 4))
  END;
CREATE OR REPLACE MACRO signed_amount_of(t) AS CASE WHEN t LIKE '-%' THEN -amount_of(substr(t, 2)) ELSE amount_of(t) END;
CREATE OR REPLACE MACRO number_of(t) AS CASE WHEN regexp_full_match(t, '[0-9]+([.][0-9]+)?') THEN TRY_CAST(t AS DOUBLE) END;
-- By what codes are compared: without regard to case; a link without scheme, www, fragment and the slash at its end, only its host
-- without regard to case.
CREATE OR REPLACE MACRO code_key(code) AS CASE
  WHEN contains(code, '/') THEN lower(regexp_extract(trim(code), '^([A-Za-z][A-Za-z0-9+.-]*://)?([wW][wW][wW][.])?([^/?#]*)', 3))
    || regexp_extract(trim(code), '^([A-Za-z][A-Za-z0-9+.-]*://)?[^/?#]*([^#]*?)/*(#.*)?$', 2)
  ELSE lower(trim(code))
  END;
-- Why a cell can't be used, in the words of its owner; NULL where it can.
CREATE OR REPLACE MACRO text_fault(field, t) AS CASE
  WHEN coalesce(t, '') = '' THEN field || ' is missing'
  WHEN has_control(t) THEN field || ' ' || shown(t) || ' holds a control character'
  WHEN trim(t) <> t THEN field || ' ' || shown(t) || ' has blanks around it'
  END;
CREATE OR REPLACE MACRO id_fault(field, t) AS coalesce(text_fault(field, t), CASE
  WHEN regexp_matches(t, '(^|:)[+-]?[0-9]+([.,]0+|[.,][0-9]+[eE][+-]?[0-9]+|[eE][+-][0-9]+)$')
    OR regexp_matches(t, '(^|:)[0-9][eE](1[5-9]|2[0-9])$')
    THEN field || ' ' || shown(t) || ' has lost digits'
  END);
CREATE OR REPLACE MACRO author_fault(field, t) AS coalesce(id_fault(field, t), CASE
  WHEN NOT regexp_matches(t, '^[a-z0-9-]+:[^ ]') OR split_part(t, ':', 1) IN ('http', 'https', 'at', 'did')
    THEN field || ' ' || shown(t) || ' is not <platform>:<native id>, like x:12345'
  END);
CREATE OR REPLACE MACRO moment_fault(field, t) AS CASE
  WHEN coalesce(t, '') = '' THEN field || ' is missing'
  WHEN timestamp_of(t) IS NULL THEN field || ' ' || shown(t) || ' is not a date and time like 2026-03-01T09:30:00Z'
  END;
CREATE OR REPLACE MACRO day_fault(field, t) AS CASE
  WHEN coalesce(t, '') = '' THEN field || ' is missing'
  WHEN day_of(t) IS NULL THEN field || ' ' || shown(t) || ' is not a day like 2026-03-01'
  END;
CREATE OR REPLACE MACRO currency_fault(field, t) AS CASE
  WHEN coalesce(t, '') = '' THEN field || ' is missing'
  WHEN NOT regexp_full_match(t, '[A-Z]{3}') THEN field || ' ' || shown(t) || ' is not a currency of three letters, like EUR'
  END;
CREATE OR REPLACE MACRO signed_amount_fault(field, t) AS CASE
  WHEN coalesce(t, '') = '' THEN field || ' is missing'
  WHEN signed_amount_of(t) IS NOT NULL THEN NULL
  WHEN regexp_full_match(t, '-?[0-9]{1,14}[.][0-9]+') THEN field || ' ' || shown(t) || ' has more than 4 decimals'
  WHEN regexp_full_match(t, '-?[0-9]{15,}([.][0-9]+)?') THEN field || ' ' || shown(t) || ' is too large'
  ELSE field || ' ' || shown(t) || ' is not an amount like 1234.50'
  END;
CREATE OR REPLACE MACRO amount_fault(field, t) AS CASE
  WHEN signed_amount_of(t) < 0 THEN field || ' ' || shown(t) || ' is negative'
  ELSE signed_amount_fault(field, t)
  END;
-- Money in the campaign's currency; NULL where there is no rate, or the product is too large.
CREATE OR REPLACE MACRO value_at(amount, rate) AS TRY_CAST(round(CAST(amount AS DOUBLE) * rate, 4) AS DECIMAL(18, 4));
-- A UTC moment as the clocks of a time zone showed it, summer time included.
CREATE OR REPLACE MACRO local_time(t, zone) AS timezone(zone, timezone('UTC', t));
-- Beginnings of the hours that a stretch of time touches, its end excluded.
CREATE OR REPLACE MACRO hours_of(from_time, to_time) AS
  generate_series(date_trunc('hour', from_time), to_time - INTERVAL 1 MICROSECOND, INTERVAL 1 HOUR);
-- From how great a share of missed hours on figures are said to be seen in part.
CREATE OR REPLACE MACRO is_much_missed(missed) AS missed >= 0.05;
CREATE OR REPLACE MACRO whole_percent(part) AS CAST(CAST(floor(part * 100 + 0.5) AS BIGINT) AS VARCHAR) || ' %';
