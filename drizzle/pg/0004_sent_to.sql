-- What was submitted before this column stands where it was submitted last.
UPDATE service_case SET sent_to = (SELECT r.department_id FROM case_round r WHERE r.case_id = service_case.id AND r.round = service_case.round) WHERE round > 0;
