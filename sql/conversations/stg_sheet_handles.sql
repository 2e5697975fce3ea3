-- Which account of the campaign's own files each pseudonym stands for, so that people can be written to and paid; customers and codes stay unnamed.
-- grain: id
SELECT id, pseudonym
FROM est_sheet_pseudonyms
WHERE substr(id, 1, 9) <> 'customer:' AND substr(id, 1, 5) <> 'code:'
