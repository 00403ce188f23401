DROP INDEX `department_path`;--> statement-breakpoint
CREATE INDEX `department_path` ON `department` (`path`,`id`);