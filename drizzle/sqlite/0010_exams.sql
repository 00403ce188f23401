CREATE TABLE `exam_entry` (
	`case_id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`person_id` text NOT NULL,
	`department_id` text NOT NULL,
	`site_id` text NOT NULL,
	`subjects` text NOT NULL,
	`fee` integer NOT NULL,
	`pay_by` integer NOT NULL,
	`state` text NOT NULL,
	`hold_key` text,
	`number` text,
	`created_at` integer NOT NULL,
	`paid_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`session_id`) REFERENCES `exam_session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`site_id`) REFERENCES `exam_site`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exam_entry_hold` ON `exam_entry` (`hold_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `exam_entry_number` ON `exam_entry` (`number`);--> statement-breakpoint
CREATE INDEX `exam_entry_person` ON `exam_entry` (`person_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `exam_entry_state` ON `exam_entry` (`state`,`pay_by`);--> statement-breakpoint
CREATE INDEX `exam_entry_department` ON `exam_entry` (`session_id`,`department_id`,`state`,`case_id`);--> statement-breakpoint
CREATE TABLE `exam_session` (
	`id` text PRIMARY KEY NOT NULL,
	`level` text NOT NULL,
	`year` integer NOT NULL,
	`opens_at` integer NOT NULL,
	`collect_by` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`pay_by` integer NOT NULL,
	`exam_from` text NOT NULL,
	`exam_to` text NOT NULL,
	`fee` integer NOT NULL,
	`notice` text DEFAULT '' NOT NULL,
	`published_at` integer,
	`created_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exam_session_level` ON `exam_session` (`year`,`level`);--> statement-breakpoint
CREATE TABLE `exam_site` (
	`id` text PRIMARY KEY NOT NULL,
	`session_id` text NOT NULL,
	`department_id` text NOT NULL,
	`name` text NOT NULL,
	`city` text NOT NULL,
	`capacity` integer NOT NULL,
	`taken` integer DEFAULT 0 NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`session_id`) REFERENCES `exam_session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `exam_site_name` ON `exam_site` (`session_id`,`department_id`,`name`);--> statement-breakpoint
CREATE TABLE `exam_window` (
	`session_id` text NOT NULL,
	`department_id` text NOT NULL,
	`opens_at` integer NOT NULL,
	`collect_by` integer NOT NULL,
	`closes_at` integer NOT NULL,
	`pay_by` integer NOT NULL,
	`fee` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	PRIMARY KEY(`session_id`, `department_id`),
	FOREIGN KEY (`session_id`) REFERENCES `exam_session`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `pay_order` (
	`id` text PRIMARY KEY NOT NULL,
	`number` text NOT NULL,
	`case_id` text NOT NULL,
	`person_id` text NOT NULL,
	`amount` integer NOT NULL,
	`provider` text NOT NULL,
	`state` text NOT NULL,
	`trade_no` text DEFAULT '' NOT NULL,
	`why` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`paid_at` integer,
	`settled_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`person_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `pay_order_number` ON `pay_order` (`number`);--> statement-breakpoint
CREATE INDEX `pay_order_case` ON `pay_order` (`case_id`);--> statement-breakpoint
CREATE INDEX `pay_order_state` ON `pay_order` (`state`,`expires_at`);