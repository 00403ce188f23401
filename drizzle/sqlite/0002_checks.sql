CREATE TABLE `calendar_day` (
	`day` text PRIMARY KEY NOT NULL,
	`year` text NOT NULL,
	`working` integer NOT NULL,
	`name` text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE INDEX `calendar_day_year` ON `calendar_day` (`year`);--> statement-breakpoint
CREATE TABLE `calendar_year` (
	`year` text PRIMARY KEY NOT NULL,
	`source` text NOT NULL,
	`imported_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `register_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`subject_index` text NOT NULL,
	`entry_index` text NOT NULL,
	`body_sealed` text NOT NULL,
	`import_id` text NOT NULL,
	FOREIGN KEY (`import_id`) REFERENCES `register_import`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `register_entry_entry` ON `register_entry` (`entry_index`);--> statement-breakpoint
CREATE INDEX `register_entry_subject` ON `register_entry` (`subject_index`,`kind`);--> statement-breakpoint
CREATE INDEX `register_entry_kind` ON `register_entry` (`kind`,`import_id`);--> statement-breakpoint
CREATE TABLE `register_import` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`taken` integer NOT NULL,
	`refused` integer NOT NULL,
	`partial` integer NOT NULL,
	`imported_at` integer NOT NULL
);
--> statement-breakpoint
PRAGMA foreign_keys=OFF;--> statement-breakpoint
CREATE TABLE `__new_finding` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`round` integer NOT NULL,
	`section` text NOT NULL,
	`row_id` text NOT NULL,
	`target` text NOT NULL,
	`reason` text NOT NULL,
	`note_sealed` text NOT NULL,
	`by` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_finding`("id", "case_id", "round", "section", "row_id", "target", "reason", "note_sealed", "by", "at") SELECT "id", "case_id", "round", "section", "row_id", "target", "reason", "note_sealed", "by", "at" FROM `finding`;--> statement-breakpoint
DROP TABLE `finding`;--> statement-breakpoint
ALTER TABLE `__new_finding` RENAME TO `finding`;--> statement-breakpoint
PRAGMA foreign_keys=ON;--> statement-breakpoint
CREATE INDEX `finding_case` ON `finding` (`case_id`,`round`);--> statement-breakpoint
ALTER TABLE `case_round` ADD `facts_sealed` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `claim_check` ADD `notes` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `claim_check` ADD `why` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `claim_check` ADD `subject_sealed` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `claim_check` ADD `answered` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `claim_check` ADD `source` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `claim_check` ADD `failing_since` integer;--> statement-breakpoint
ALTER TABLE `department` ADD `accepted_proofs` text DEFAULT 'resume' NOT NULL;--> statement-breakpoint
ALTER TABLE `job` ADD `last_error` text DEFAULT '' NOT NULL;