ALTER TABLE `case_round` ADD `base_sealed` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `case_round` ADD `working_days` integer;--> statement-breakpoint
CREATE INDEX `service_case_kind` ON `service_case` (`sent_to`,`kind`,`state`);