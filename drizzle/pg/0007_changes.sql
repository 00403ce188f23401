ALTER TABLE "case_round" ADD COLUMN "base_sealed" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "case_round" ADD COLUMN "working_days" integer;