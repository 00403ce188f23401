ALTER TABLE `case_round` ADD `base_sealed` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `case_round` ADD `working_days` integer;