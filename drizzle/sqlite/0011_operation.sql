CREATE TABLE `installation` (
	`id` text PRIMARY KEY NOT NULL,
	`key_check_sealed` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `key_rotation` (
	`key_id` text NOT NULL,
	`part` text NOT NULL,
	`after` text DEFAULT '' NOT NULL,
	`changed` integer DEFAULT 0 NOT NULL,
	`started_at` integer NOT NULL,
	`done_at` integer,
	PRIMARY KEY(`key_id`, `part`)
);
--> statement-breakpoint
ALTER TABLE `account` ADD `own_identity_sealed` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `invitation` ADD `own_identity_sealed` text DEFAULT '' NOT NULL;