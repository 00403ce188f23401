CREATE TABLE "installation" (
	"id" text PRIMARY KEY NOT NULL,
	"key_check_sealed" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "key_rotation" (
	"key_id" text NOT NULL,
	"part" text NOT NULL,
	"after" text DEFAULT '' NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"started_at" timestamp (3) with time zone NOT NULL,
	"done_at" timestamp (3) with time zone,
	CONSTRAINT "key_rotation_key_id_part_pk" PRIMARY KEY("key_id","part")
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "own_identity_sealed" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "invitation" ADD COLUMN "own_identity_sealed" text DEFAULT '' NOT NULL;