CREATE TABLE "audit_link" (
	"seq" text PRIMARY KEY NOT NULL,
	"log" text NOT NULL,
	"row_id" text NOT NULL,
	"hash" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "note_template" (
	"id" text PRIMARY KEY NOT NULL,
	"department_id" text NOT NULL,
	"reason" text NOT NULL,
	"text" text NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone
);
--> statement-breakpoint
DROP INDEX "service_case_queue";--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "away_until" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "staff_grant" ADD COLUMN "deputy_for" text;--> statement-breakpoint
ALTER TABLE "finding" ADD COLUMN "late" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "service_case" ADD COLUMN "sent_to" text;--> statement-breakpoint
ALTER TABLE "service_case" ADD COLUMN "second_look_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "department" ADD COLUMN "merged_into" text;--> statement-breakpoint
ALTER TABLE "note_template" ADD CONSTRAINT "note_template_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "note_template" ADD CONSTRAINT "note_template_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "audit_link_row" ON "audit_link" USING btree ("log","row_id");--> statement-breakpoint
CREATE INDEX "note_template_department" ON "note_template" USING btree ("department_id");--> statement-breakpoint
ALTER TABLE "staff_grant" ADD CONSTRAINT "staff_grant_deputy_for_account_id_fk" FOREIGN KEY ("deputy_for") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_case" ADD CONSTRAINT "service_case_sent_to_department_id_fk" FOREIGN KEY ("sent_to") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "staff_grant_department" ON "staff_grant" USING btree ("department_id","role");--> statement-breakpoint
CREATE INDEX "service_case_queue_due" ON "service_case" USING btree ("sent_to","state","due_on","id","kind");--> statement-breakpoint
CREATE INDEX "service_case_state" ON "service_case" USING btree ("state","submitted_at","id","sent_to","kind");--> statement-breakpoint
CREATE INDEX "service_case_state_due" ON "service_case" USING btree ("state","due_on","id","sent_to","kind");--> statement-breakpoint
CREATE INDEX "service_case_department" ON "service_case" USING btree ("department_id","state");--> statement-breakpoint
CREATE INDEX "event_actor" ON "event" USING btree ("actor_id","id");--> statement-breakpoint
CREATE INDEX "service_case_queue" ON "service_case" USING btree ("sent_to","state","submitted_at","id","kind");