CREATE TABLE "audit_pending" (
	"id" text PRIMARY KEY NOT NULL,
	"log" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "export_file" (
	"id" text PRIMARY KEY NOT NULL,
	"account_id" text NOT NULL,
	"kind" text NOT NULL,
	"format" text NOT NULL,
	"department_id" text DEFAULT '' NOT NULL,
	"full" boolean DEFAULT false NOT NULL,
	"purpose_sealed" text DEFAULT '' NOT NULL,
	"filter" json NOT NULL,
	"rows" integer DEFAULT 0 NOT NULL,
	"total" integer,
	"storage_key" text,
	"bytes" integer DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	"failed_at" timestamp (3) with time zone,
	"expires_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "figure" (
	"department_id" text NOT NULL,
	"period" text NOT NULL,
	"measure" text NOT NULL,
	"bucket" text NOT NULL,
	"value" integer NOT NULL,
	CONSTRAINT "figure_department_id_period_measure_bucket_pk" PRIMARY KEY("department_id","period","measure","bucket")
);
--> statement-breakpoint
CREATE TABLE "figure_delta" (
	"id" text PRIMARY KEY NOT NULL,
	"changes" json NOT NULL
);
--> statement-breakpoint
DROP INDEX "person_department";--> statement-breakpoint
ALTER TABLE "case_round" ADD COLUMN "overdue" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "case_round" ADD COLUMN "late_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "person" ADD COLUMN "counted" json;--> statement-breakpoint
ALTER TABLE "export_file" ADD CONSTRAINT "export_file_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "export_file_account" ON "export_file" USING btree ("account_id","id");--> statement-breakpoint
CREATE INDEX "export_file_expires" ON "export_file" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "case_round_late" ON "case_round" USING btree ("late_at","department_id");--> statement-breakpoint
CREATE INDEX "person_department" ON "person" USING btree ("department_id","id");