CREATE TABLE `invitation` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text,
	`role` text,
	`department_id` text,
	`name_sealed` text NOT NULL,
	`own_identity_index` text,
	`invited_by` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `invitation_department` ON `invitation` (`department_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `invitation_account` ON `invitation` (`account_id`);--> statement-breakpoint
CREATE TABLE `recovery_code` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`code_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `recovery_code_account` ON `recovery_code` (`account_id`);--> statement-breakpoint
CREATE TABLE `sign_in_record` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`outcome` text NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	`agent` text DEFAULT '' NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sign_in_record_account` ON `sign_in_record` (`account_id`,`at`);--> statement-breakpoint
CREATE INDEX `sign_in_record_at` ON `sign_in_record` (`at`);--> statement-breakpoint
CREATE TABLE `stage_pass` (
	`case_id` text NOT NULL,
	`round` integer NOT NULL,
	`stage` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`case_id`, `round`, `stage`),
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `message` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`kind` text NOT NULL,
	`case_id` text,
	`data` text NOT NULL,
	`created_at` integer NOT NULL,
	`read_at` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `message_account` ON `message` (`account_id`,`id`);--> statement-breakpoint
CREATE INDEX `message_unread` ON `message` (`account_id`,`read_at`);--> statement-breakpoint
ALTER TABLE `account` ADD `next_phone_sealed` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `service_case` ADD `stage` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE `certify_order` ADD `provider_ref` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `sms_code` ADD `outbox_id` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `outbox` ADD `refused_at` integer;