-- The accounts of the brand: they stay in the network and are never listed as influencers.
-- grain: author_id
SELECT DISTINCT coalesce(p.pseudonym, b.author_id) AS author_id
FROM raw_brand_accounts b
LEFT JOIN est_pseudonyms p ON p.id = b.author_id
