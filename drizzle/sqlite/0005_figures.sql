CREATE TABLE `audit_pending` (
	`id` text PRIMARY KEY NOT NULL,
	`log` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `export_file` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`format` text NOT NULL,
	`department_id` text DEFAULT '' NOT NULL,
	`full` integer DEFAULT false NOT NULL,
	`purpose_sealed` text DEFAULT '' NOT NULL,
	`filter` text NOT NULL,
	`rows` integer DEFAULT 0 NOT NULL,
	`total` integer,
	`storage_key` text,
	`bytes` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`done_at` integer,
	`failed_at` integer,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `export_file_account` ON `export_file` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `export_file_expires` ON `export_file` (`expires_at`);--> statement-breakpoint
CREATE TABLE `figure` (
	`department_id` text NOT NULL,
	`period` text NOT NULL,
	`measure` text NOT NULL,
	`bucket` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`department_id`, `period`, `measure`, `bucket`)
);
--> statement-breakpoint
CREATE TABLE `figure_delta` (
	`id` text PRIMARY KEY NOT NULL,
	`changes` text NOT NULL
);
--> statement-breakpoint
DROP INDEX `person_department`;--> statement-breakpoint
ALTER TABLE `person` ADD `counted` text;--> statement-breakpoint
CREATE INDEX `person_department` ON `person` (`department_id`,`id`);--> statement-breakpoint
ALTER TABLE `case_round` ADD `overdue` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `case_round` ADD `late_at` integer;--> statement-breakpoint
CREATE INDEX `case_round_late` ON `case_round` (`late_at`,`department_id`);