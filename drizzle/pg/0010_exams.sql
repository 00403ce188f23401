CREATE TABLE "exam_entry" (
	"case_id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"person_id" text NOT NULL,
	"department_id" text NOT NULL,
	"site_id" text NOT NULL,
	"subjects" text NOT NULL,
	"fee" integer NOT NULL,
	"pay_by" timestamp (3) with time zone NOT NULL,
	"state" text NOT NULL,
	"hold_key" text,
	"number" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam_session" (
	"id" text PRIMARY KEY NOT NULL,
	"level" text NOT NULL,
	"year" integer NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"collect_by" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"pay_by" timestamp (3) with time zone NOT NULL,
	"exam_from" text NOT NULL,
	"exam_to" text NOT NULL,
	"fee" integer NOT NULL,
	"notice" text DEFAULT '' NOT NULL,
	"published_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam_site" (
	"id" text PRIMARY KEY NOT NULL,
	"session_id" text NOT NULL,
	"department_id" text NOT NULL,
	"name" text NOT NULL,
	"city" text NOT NULL,
	"capacity" integer NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "exam_window" (
	"session_id" text NOT NULL,
	"department_id" text NOT NULL,
	"opens_at" timestamp (3) with time zone NOT NULL,
	"collect_by" timestamp (3) with time zone NOT NULL,
	"closes_at" timestamp (3) with time zone NOT NULL,
	"pay_by" timestamp (3) with time zone NOT NULL,
	"fee" integer NOT NULL,
	"version" integer DEFAULT 1 NOT NULL,
	CONSTRAINT "exam_window_session_id_department_id_pk" PRIMARY KEY("session_id","department_id")
);
--> statement-breakpoint
CREATE TABLE "pay_order" (
	"id" text PRIMARY KEY NOT NULL,
	"number" text NOT NULL,
	"case_id" text NOT NULL,
	"person_id" text NOT NULL,
	"amount" integer NOT NULL,
	"provider" text NOT NULL,
	"state" text NOT NULL,
	"trade_no" text DEFAULT '' NOT NULL,
	"why" text DEFAULT '' NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"paid_at" timestamp (3) with time zone,
	"settled_at" timestamp (3) with time zone,
	"version" integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "exam_entry" ADD CONSTRAINT "exam_entry_case_id_service_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."service_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_entry" ADD CONSTRAINT "exam_entry_session_id_exam_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."exam_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_entry" ADD CONSTRAINT "exam_entry_person_id_account_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_entry" ADD CONSTRAINT "exam_entry_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_entry" ADD CONSTRAINT "exam_entry_site_id_exam_site_id_fk" FOREIGN KEY ("site_id") REFERENCES "public"."exam_site"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_site" ADD CONSTRAINT "exam_site_session_id_exam_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."exam_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_site" ADD CONSTRAINT "exam_site_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_window" ADD CONSTRAINT "exam_window_session_id_exam_session_id_fk" FOREIGN KEY ("session_id") REFERENCES "public"."exam_session"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exam_window" ADD CONSTRAINT "exam_window_department_id_department_id_fk" FOREIGN KEY ("department_id") REFERENCES "public"."department"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_order" ADD CONSTRAINT "pay_order_case_id_service_case_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."service_case"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pay_order" ADD CONSTRAINT "pay_order_person_id_account_id_fk" FOREIGN KEY ("person_id") REFERENCES "public"."account"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "exam_entry_hold" ON "exam_entry" USING btree ("hold_key");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_entry_number" ON "exam_entry" USING btree ("number");--> statement-breakpoint
CREATE INDEX "exam_entry_person" ON "exam_entry" USING btree ("person_id","created_at");--> statement-breakpoint
CREATE INDEX "exam_entry_state" ON "exam_entry" USING btree ("state","pay_by");--> statement-breakpoint
CREATE INDEX "exam_entry_department" ON "exam_entry" USING btree ("session_id","department_id","state","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_session_level" ON "exam_session" USING btree ("year","level");--> statement-breakpoint
CREATE UNIQUE INDEX "exam_site_name" ON "exam_site" USING btree ("session_id","department_id","name");--> statement-breakpoint
CREATE UNIQUE INDEX "pay_order_number" ON "pay_order" USING btree ("number");--> statement-breakpoint
CREATE INDEX "pay_order_case" ON "pay_order" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "pay_order_state" ON "pay_order" USING btree ("state","expires_at");