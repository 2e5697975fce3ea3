-- What the campaign asks of networks, each server and each stream for itself, and until when this night may expect that it was done.
-- grain: lane
-- check: asked_until IS NOT NULL
SELECT source, lane, asked_until
FROM raw_live_lanes
