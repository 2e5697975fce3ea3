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
-- Two macros instead of one: a generator over a column is a plain unnest, over an expression a join of all texts with themselves.
CREATE OR REPLACE MACRO cut_at_spaces(t) AS string_split(translate(t, chr(9) || chr(10) || chr(13), '   '), ' ');
CREATE OR REPLACE MACRO each(list) AS TABLE SELECT unnest(list) AS item;
