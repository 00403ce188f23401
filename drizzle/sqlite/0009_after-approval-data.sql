-- How many stages a case has stands with it now; until here its kind alone said it.
UPDATE service_case SET stages = 2 WHERE kind IN ('appeal', 'correction');
