ALTER TABLE "case_round" ADD COLUMN "base_sealed" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "case_round" ADD COLUMN "working_days" integer;--> statement-breakpoint
CREATE INDEX "service_case_kind" ON "service_case" USING btree ("sent_to","kind","state");