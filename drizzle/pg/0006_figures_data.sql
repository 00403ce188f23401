-- What the logs hold by now goes into the chain, and what there is by now is counted once.
INSERT INTO audit_pending (id, log) SELECT id, 'event' FROM event;
--> statement-breakpoint
INSERT INTO audit_pending (id, log) SELECT id, 'access' FROM access_log;
--> statement-breakpoint
INSERT INTO job (id, kind, data, created_at, run_at)
SELECT 'recount-figures-0006', 'recount-figures', '{}', to_timestamp(0), to_timestamp(0) WHERE EXISTS (SELECT 1 FROM service_case);
