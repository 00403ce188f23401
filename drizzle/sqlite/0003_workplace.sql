CREATE TABLE `audit_link` (
	`seq` text PRIMARY KEY NOT NULL,
	`log` text NOT NULL,
	`row_id` text NOT NULL,
	`hash` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_link_row` ON `audit_link` (`log`,`row_id`);--> statement-breakpoint
CREATE TABLE `note_template` (
	`id` text PRIMARY KEY NOT NULL,
	`department_id` text NOT NULL,
	`reason` text NOT NULL,
	`text` text NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `note_template_department` ON `note_template` (`department_id`);--> statement-breakpoint
DROP INDEX `service_case_queue`;--> statement-breakpoint
ALTER TABLE `service_case` ADD `sent_to` text REFERENCES department(id);--> statement-breakpoint
ALTER TABLE `service_case` ADD `second_look_at` integer;--> statement-breakpoint
CREATE INDEX `service_case_queue_due` ON `service_case` (`sent_to`,`state`,`due_on`,`id`,`kind`);--> statement-breakpoint
CREATE INDEX `service_case_state` ON `service_case` (`state`,`submitted_at`,`id`,`sent_to`,`kind`);--> statement-breakpoint
CREATE INDEX `service_case_state_due` ON `service_case` (`state`,`due_on`,`id`,`sent_to`,`kind`);--> statement-breakpoint
CREATE INDEX `service_case_department` ON `service_case` (`department_id`,`state`);--> statement-breakpoint
CREATE INDEX `service_case_queue` ON `service_case` (`sent_to`,`state`,`submitted_at`,`id`,`kind`);--> statement-breakpoint
ALTER TABLE `account` ADD `away_until` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `staff_grant` ADD `deputy_for` text REFERENCES account(id);--> statement-breakpoint
CREATE INDEX `staff_grant_department` ON `staff_grant` (`department_id`,`role`);--> statement-breakpoint
ALTER TABLE `finding` ADD `late` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `department` ADD `merged_into` text;--> statement-breakpoint
CREATE INDEX `event_actor` ON `event` (`actor_id`,`id`);