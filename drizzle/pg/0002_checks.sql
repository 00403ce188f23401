CREATE TABLE "calendar_day" (
	"day" text PRIMARY KEY NOT NULL,
	"year" text NOT NULL,
	"working" boolean NOT NULL,
	"name" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calendar_year" (
	"year" text PRIMARY KEY NOT NULL,
	"source" text NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "register_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"subject_index" text NOT NULL,
	"entry_index" text NOT NULL,
	"body_sealed" text NOT NULL,
	"import_id" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "register_import" (
	"id" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"taken" integer NOT NULL,
	"refused" integer NOT NULL,
	"partial" boolean NOT NULL,
	"imported_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "finding" ALTER COLUMN "by" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "case_round" ADD COLUMN "facts_sealed" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_check" ADD COLUMN "notes" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_check" ADD COLUMN "why" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_check" ADD COLUMN "subject_sealed" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_check" ADD COLUMN "answered" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_check" ADD COLUMN "source" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "claim_check" ADD COLUMN "failing_since" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "department" ADD COLUMN "accepted_proofs" text DEFAULT 'resume' NOT NULL;--> statement-breakpoint
ALTER TABLE "job" ADD COLUMN "last_error" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "register_entry" ADD CONSTRAINT "register_entry_import_id_register_import_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."register_import"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "calendar_day_year" ON "calendar_day" USING btree ("year");--> statement-breakpoint
CREATE UNIQUE INDEX "register_entry_entry" ON "register_entry" USING btree ("entry_index");--> statement-breakpoint
CREATE INDEX "register_entry_subject" ON "register_entry" USING btree ("subject_index","kind");--> statement-breakpoint
CREATE INDEX "register_entry_kind" ON "register_entry" USING btree ("kind","import_id");