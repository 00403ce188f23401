CREATE TABLE `conduct` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`nature` text NOT NULL,
	`title` text NOT NULL,
	`basis` text NOT NULL,
	`authority` text NOT NULL,
	`document_no` text NOT NULL,
	`decided_on` text NOT NULL,
	`late` integer DEFAULT false NOT NULL,
	`published` integer DEFAULT false NOT NULL,
	`case_id` text NOT NULL,
	`department_id` text NOT NULL,
	`at` integer NOT NULL,
	`revoked_at` integer,
	`revoked_by` text,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`revoked_by`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `conduct_person` ON `conduct` (`person_id`,`decided_on`);--> statement-breakpoint
CREATE INDEX `conduct_department` ON `conduct` (`department_id`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `conduct_case` ON `conduct` (`case_id`);--> statement-breakpoint
CREATE TABLE `credit_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`person_id` text NOT NULL,
	`year` integer NOT NULL,
	`form` text NOT NULL,
	`title` text NOT NULL,
	`quantity` integer NOT NULL,
	`credits` integer NOT NULL,
	`subject` text NOT NULL,
	`obtained` text NOT NULL,
	`case_id` text,
	`roster_id` text,
	`department_id` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`roster_id`) REFERENCES `roster`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `credit_entry_once` ON `credit_entry` (`person_id`,`form`,`obtained`,`title`);--> statement-breakpoint
CREATE INDEX `credit_entry_year` ON `credit_entry` (`person_id`,`year`);--> statement-breakpoint
CREATE TABLE `province` (
	`department_id` text PRIMARY KEY NOT NULL,
	`transfer_inside` text NOT NULL,
	`transfer_outside` text NOT NULL,
	`credits_total` integer NOT NULL,
	`credits_professional` integer NOT NULL,
	`credits_online` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `receipt` (
	`code` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`person_id` text NOT NULL,
	`paper_sealed` text NOT NULL,
	`digest` text NOT NULL,
	`department` text NOT NULL,
	`issued_at` integer NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `receipt_person` ON `receipt` (`person_id`,`kind`,`issued_at`);--> statement-breakpoint
CREATE TABLE `roster` (
	`id` text PRIMARY KEY NOT NULL,
	`department_id` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`lines_sealed` text NOT NULL,
	`state` text NOT NULL,
	`lines` integer NOT NULL,
	`entered` integer DEFAULT 0 NOT NULL,
	`ended_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `roster_department` ON `roster` (`department_id`,`at`);--> statement-breakpoint
ALTER TABLE `service_case` ADD `stages` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `service_case` ADD `about` text;