-- The networks that the campaign asks, and until when this night may expect that it was done.
-- grain: source
-- check: asked_until IS NOT NULL
SELECT source, asked_until
FROM raw_live_sources
