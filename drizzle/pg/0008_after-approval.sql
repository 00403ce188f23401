CREATE TABLE "conduct" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"kind" text NOT NULL,
	"nature" text NOT NULL,
	"title" text NOT NULL,
	"basis" text NOT NULL,
	"authority" text NOT NULL,
	"document_no" text NOT NULL,
	"decided_on" text NOT NULL,
	"late" boolean DEFAULT false NOT NULL,
	"published" boolean DEFAULT false NOT NULL,
	"case_id" text NOT NULL,
	"department_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"revoked_at" timestamp (3) with time zone,
	"revoked_by" text,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "credit_entry" (
	"id" text PRIMARY KEY NOT NULL,
	"person_id" text NOT NULL,
	"year" integer NOT NULL,
	"form" text NOT NULL,
	"title" text NOT NULL,
	"quantity" integer NOT NULL,
	"credits" integer NOT NULL,
	"subject" text NOT NULL,
	"obtained" text NOT NULL,
	"case_id" text,
	"roster_id" text,
	"department_id" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "province" (
	"department_id" text PRIMARY KEY NOT NULL,
	"transfer_inside" text NOT NULL,
	"transfer_outside" text NOT NULL,
	"credits_total" integer NOT NULL,
	"credits_professional" integer NOT NULL,
	"credits_online" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "receipt" (
	"code" text PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"person_id" text NOT NULL,
	"paper_sealed" text NOT NULL,
	"digest" text NOT NULL,
	"department" text NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "roster" (
	"id" text PRIMARY KEY NOT NULL,
	"department_id" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"lines_sealed" text NOT NULL,
	"state" text NOT NULL,
	"lines" integer NOT NULL,
	"entered" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "service_case" ADD COLUMN "stages" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "service_case" ADD COLUMN "about" text;--> statement-breakpoint
ALTER TABLE "conduct" ADD CONSTRAINT "conduct_person_id_account_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conduct" ADD CONSTRAINT "conduct_case_id_service_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."service_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conduct" ADD CONSTRAINT "conduct_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "conduct" ADD CONSTRAINT "conduct_revoked_by_service_case_id_fk" FOREIGN KEY ("revoked_by") REFERENCES "public"."service_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_person_id_account_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_case_id_service_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."service_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_roster_id_roster_id_fk" FOREIGN KEY ("roster_id") REFERENCES "public"."roster"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "credit_entry" ADD CONSTRAINT "credit_entry_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "province" ADD CONSTRAINT "province_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipt" ADD CONSTRAINT "receipt_person_id_account_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster" ADD CONSTRAINT "roster_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "roster" ADD CONSTRAINT "roster_by_account_id_fk" FOREIGN KEY ("by") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "conduct_person" ON "conduct" USING btree ("person_id","decided_on");--> statement-breakpoint
CREATE INDEX "conduct_department" ON "conduct" USING btree ("department_id","at");--> statement-breakpoint
CREATE UNIQUE INDEX "conduct_case" ON "conduct" USING btree ("case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "credit_entry_once" ON "credit_entry" USING btree ("person_id","form","obtained","title");--> statement-breakpoint
CREATE INDEX "credit_entry_year" ON "credit_entry" USING btree ("person_id","year");--> statement-breakpoint
CREATE INDEX "receipt_person" ON "receipt" USING btree ("person_id","kind","issued_at");--> statement-breakpoint
CREATE INDEX "roster_department" ON "roster" USING btree ("department_id","at");