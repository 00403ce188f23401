CREATE TABLE `account` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`status` text NOT NULL,
	`login` text,
	`id_type` text DEFAULT '' NOT NULL,
	`nationality` text DEFAULT '' NOT NULL,
	`number_sealed` text DEFAULT '' NOT NULL,
	`number_index` text,
	`identity_index` text,
	`own_identity_index` text,
	`name_sealed` text NOT NULL,
	`name_index` text NOT NULL,
	`phone_sealed` text DEFAULT '' NOT NULL,
	`phone_index` text,
	`sex` text DEFAULT '' NOT NULL,
	`birth` text DEFAULT '' NOT NULL,
	`password_hash` text NOT NULL,
	`totp_sealed` text DEFAULT '' NOT NULL,
	`totp_step` integer DEFAULT 0 NOT NULL,
	`identity_state` text DEFAULT 'none' NOT NULL,
	`identity_method` text DEFAULT '' NOT NULL,
	`identity_at` integer,
	`created_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_login` ON `account` (`login`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_identity` ON `account` (`identity_index`);--> statement-breakpoint
CREATE INDEX `account_own_identity` ON `account` (`own_identity_index`);--> statement-breakpoint
CREATE UNIQUE INDEX `account_phone` ON `account` (`phone_index`);--> statement-breakpoint
CREATE INDEX `account_number` ON `account` (`number_index`);--> statement-breakpoint
CREATE INDEX `account_name` ON `account` (`name_index`);--> statement-breakpoint
CREATE TABLE `consent` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`purpose` text NOT NULL,
	`given` integer NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `consent_purpose` ON `consent` (`account_id`,`purpose`);--> statement-breakpoint
CREATE TABLE `session` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`ended_at` integer,
	`address` text DEFAULT '' NOT NULL,
	`agent` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `session_account` ON `session` (`account_id`);--> statement-breakpoint
CREATE INDEX `session_ends` ON `session` (`ends_at`);--> statement-breakpoint
CREATE TABLE `staff_grant` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`role` text NOT NULL,
	`department_id` text,
	`created_at` integer NOT NULL,
	`until` integer,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `staff_grant_account` ON `staff_grant` (`account_id`);--> statement-breakpoint
CREATE TABLE `attachment` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`section` text NOT NULL,
	`row_id` text NOT NULL,
	`slot` text NOT NULL,
	`file_id` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `attachment_case` ON `attachment` (`case_id`);--> statement-breakpoint
CREATE INDEX `attachment_file` ON `attachment` (`file_id`);--> statement-breakpoint
CREATE TABLE `case_round` (
	`case_id` text NOT NULL,
	`round` integer NOT NULL,
	`snapshot_sealed` text NOT NULL,
	`rule_version` text NOT NULL,
	`department_id` text NOT NULL,
	`submitted_at` integer NOT NULL,
	`outcome` text DEFAULT '' NOT NULL,
	`note_sealed` text DEFAULT '' NOT NULL,
	`decided_by` text,
	`decided_at` integer,
	PRIMARY KEY(`case_id`, `round`),
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `case_section` (
	`case_id` text NOT NULL,
	`section` text NOT NULL,
	`rows_sealed` text NOT NULL,
	`edited_for` integer NOT NULL,
	`version` integer NOT NULL,
	`updated_at` integer NOT NULL,
	PRIMARY KEY(`case_id`, `section`),
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `claim_check` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`round` integer NOT NULL,
	`section` text NOT NULL,
	`row_id` text NOT NULL,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`field` text DEFAULT '' NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `claim_check_case` ON `claim_check` (`case_id`,`round`);--> statement-breakpoint
CREATE TABLE `finding` (
	`id` text PRIMARY KEY NOT NULL,
	`case_id` text NOT NULL,
	`round` integer NOT NULL,
	`section` text NOT NULL,
	`row_id` text NOT NULL,
	`target` text NOT NULL,
	`reason` text NOT NULL,
	`note_sealed` text NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `finding_case` ON `finding` (`case_id`,`round`);--> statement-breakpoint
CREATE TABLE `round_file` (
	`case_id` text NOT NULL,
	`round` integer NOT NULL,
	`file_id` text NOT NULL,
	PRIMARY KEY(`case_id`, `round`, `file_id`),
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`file_id`) REFERENCES `stored_file`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `round_file_file` ON `round_file` (`file_id`);--> statement-breakpoint
CREATE TABLE `service_case` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`number` text,
	`person_id` text NOT NULL,
	`department_id` text,
	`state` text NOT NULL,
	`open_key` text,
	`round` integer DEFAULT 0 NOT NULL,
	`claimed_by` text,
	`claimed_at` integer,
	`claimed_until` integer,
	`submitted_at` integer,
	`due_on` text DEFAULT '' NOT NULL,
	`decided_at` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`pictures_ended_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`person_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`claimed_by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `service_case_number` ON `service_case` (`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `service_case_open` ON `service_case` (`open_key`);--> statement-breakpoint
CREATE INDEX `service_case_person` ON `service_case` (`person_id`,`kind`,`created_at`);--> statement-breakpoint
CREATE INDEX `service_case_queue` ON `service_case` (`department_id`,`state`,`submitted_at`,`id`);--> statement-breakpoint
CREATE INDEX `service_case_claim` ON `service_case` (`claimed_by`,`state`);--> statement-breakpoint
CREATE INDEX `service_case_untouched` ON `service_case` (`state`,`round`,`updated_at`);--> statement-breakpoint
CREATE INDEX `service_case_pictures` ON `service_case` (`kind`,`pictures_ended_at`,`decided_at`);--> statement-breakpoint
CREATE TABLE `verdict` (
	`case_id` text NOT NULL,
	`round` integer NOT NULL,
	`section` text NOT NULL,
	`passed` integer NOT NULL,
	`by` text NOT NULL,
	`at` integer NOT NULL,
	`carried_from` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`case_id`, `round`, `section`),
	FOREIGN KEY (`case_id`) REFERENCES `service_case`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`by`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `department` (
	`id` text PRIMARY KEY NOT NULL,
	`parent_id` text,
	`path` text NOT NULL,
	`level` integer NOT NULL,
	`kind` text NOT NULL,
	`name` text NOT NULL,
	`full_name` text NOT NULL,
	`region_code` text,
	`sort` integer NOT NULL,
	`active` integer NOT NULL,
	`phone` text DEFAULT '' NOT NULL,
	`address` text DEFAULT '' NOT NULL,
	`hours` text DEFAULT '' NOT NULL,
	`review_days` integer DEFAULT 5 NOT NULL,
	`created_at` integer NOT NULL,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `department_parent` ON `department` (`parent_id`,`sort`);--> statement-breakpoint
CREATE INDEX `department_path` ON `department` (`path`);--> statement-breakpoint
CREATE TABLE `stored_file` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`storage_key` text NOT NULL,
	`format` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`name_sealed` text NOT NULL,
	`digest` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`owner_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `stored_file_key` ON `stored_file` (`storage_key`);--> statement-breakpoint
CREATE INDEX `stored_file_owner` ON `stored_file` (`owner_id`);--> statement-breakpoint
CREATE INDEX `stored_file_digest` ON `stored_file` (`digest`);--> statement-breakpoint
CREATE TABLE `captcha_use` (
	`id` text PRIMARY KEY NOT NULL,
	`used_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `captcha_use_expires` ON `captcha_use` (`expires_at`);--> statement-breakpoint
CREATE TABLE `certify_order` (
	`id` text PRIMARY KEY NOT NULL,
	`account_id` text NOT NULL,
	`state` text NOT NULL,
	`provider_state` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	FOREIGN KEY (`account_id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `certify_order_account` ON `certify_order` (`account_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `counter` (
	`id` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`reset_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `counter_reset` ON `counter` (`reset_at`);--> statement-breakpoint
CREATE TABLE `echo` (
	`id` text PRIMARY KEY NOT NULL,
	`browser` text NOT NULL,
	`owner_id` text,
	`page` text NOT NULL,
	`values_sealed` text NOT NULL,
	`issues` text NOT NULL,
	`notice` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `echo_browser` ON `echo` (`browser`,`created_at`);--> statement-breakpoint
CREATE INDEX `echo_expires` ON `echo` (`expires_at`);--> statement-breakpoint
CREATE TABLE `sms_code` (
	`id` text PRIMARY KEY NOT NULL,
	`phone_index` text NOT NULL,
	`purpose` text NOT NULL,
	`browser` text NOT NULL,
	`code_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`used_at` integer
);
--> statement-breakpoint
CREATE INDEX `sms_code_phone` ON `sms_code` (`phone_index`,`created_at`);--> statement-breakpoint
CREATE INDEX `sms_code_expires` ON `sms_code` (`expires_at`);--> statement-breakpoint
CREATE TABLE `access_log` (
	`id` text PRIMARY KEY NOT NULL,
	`actor_id` text NOT NULL,
	`person_id` text NOT NULL,
	`case_id` text,
	`what` text NOT NULL,
	`subject` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `access_log_actor` ON `access_log` (`actor_id`,`at`);--> statement-breakpoint
CREATE INDEX `access_log_person` ON `access_log` (`person_id`,`at`);--> statement-breakpoint
CREATE TABLE `event` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`actor_id` text,
	`person_id` text,
	`case_id` text,
	`data` text NOT NULL,
	`at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `event_case` ON `event` (`case_id`,`id`);--> statement-breakpoint
CREATE INDEX `event_person` ON `event` (`person_id`,`id`);--> statement-breakpoint
CREATE TABLE `job` (
	`id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`data` text NOT NULL,
	`created_at` integer NOT NULL,
	`run_at` integer NOT NULL,
	`worker` text DEFAULT '' NOT NULL,
	`lease_until` integer,
	`tries` integer DEFAULT 0 NOT NULL,
	`done_at` integer,
	`dead_at` integer
);
--> statement-breakpoint
CREATE INDEX `job_due` ON `job` (`done_at`,`run_at`);--> statement-breakpoint
CREATE TABLE `outbox` (
	`id` text PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`body_sealed` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer,
	`next_at` integer NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`sent_at` integer,
	`dead_at` integer
);
--> statement-breakpoint
CREATE INDEX `outbox_next` ON `outbox` (`sent_at`,`next_at`);--> statement-breakpoint
CREATE TABLE `accounting_post` (
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`employment_id` text NOT NULL,
	`start` text NOT NULL,
	`end` text NOT NULL,
	`work` text NOT NULL,
	`title` text NOT NULL,
	`appointed` text NOT NULL,
	PRIMARY KEY(`person_id`, `id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `education` (
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`place` text NOT NULL,
	`mode` text NOT NULL,
	`school` text NOT NULL,
	`level` text NOT NULL,
	`degree` text NOT NULL,
	`major` text NOT NULL,
	`enrolled` text NOT NULL,
	`graduated` text NOT NULL,
	`diploma_no` text NOT NULL,
	`degree_no` text NOT NULL,
	PRIMARY KEY(`person_id`, `id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `employment` (
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`start` text NOT NULL,
	`end` text NOT NULL,
	`employer` text NOT NULL,
	`credit_code` text NOT NULL,
	`no_code` text NOT NULL,
	`no_code_reason` text NOT NULL,
	`employer_type` text NOT NULL,
	`industry` text NOT NULL,
	`employer_address` text NOT NULL,
	`employer_phone` text NOT NULL,
	`accounting` text NOT NULL,
	PRIMARY KEY(`person_id`, `id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `person` (
	`id` text PRIMARY KEY NOT NULL,
	`department_id` text NOT NULL,
	`situation` text NOT NULL,
	`household` text NOT NULL,
	`scope` text NOT NULL,
	`ethnicity` text NOT NULL,
	`politics` text NOT NULL,
	`residence` text NOT NULL,
	`address` text NOT NULL,
	`email` text NOT NULL,
	`approved_at` integer NOT NULL,
	`case_id` text NOT NULL,
	`version` integer DEFAULT 1 NOT NULL,
	FOREIGN KEY (`id`) REFERENCES `account`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`department_id`) REFERENCES `department`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `person_department` ON `person` (`department_id`);--> statement-breakpoint
CREATE TABLE `qualification` (
	`id` text NOT NULL,
	`person_id` text NOT NULL,
	`kind` text NOT NULL,
	`level` text NOT NULL,
	`way` text NOT NULL,
	`certificate_no` text NOT NULL,
	`obtained` text NOT NULL,
	`issuer` text NOT NULL,
	PRIMARY KEY(`person_id`, `id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `record_file` (
	`person_id` text NOT NULL,
	`section` text NOT NULL,
	`row_id` text NOT NULL,
	`slot` text NOT NULL,
	`file_id` text NOT NULL,
	PRIMARY KEY(`person_id`, `section`, `row_id`, `slot`, `file_id`),
	FOREIGN KEY (`person_id`) REFERENCES `person`(`id`) ON UPDATE no action ON DELETE no action
);
