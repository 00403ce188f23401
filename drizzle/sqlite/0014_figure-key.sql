CREATE TABLE `__new_figure` (
	`department_id` text NOT NULL,
	`period` text NOT NULL,
	`measure` text NOT NULL,
	`bucket` text NOT NULL,
	`value` integer NOT NULL,
	PRIMARY KEY(`department_id`, `measure`, `period`, `bucket`)
) WITHOUT ROWID;
--> statement-breakpoint
INSERT INTO `__new_figure`("department_id", "period", "measure", "bucket", "value") SELECT "department_id", "period", "measure", "bucket", "value" FROM `figure` ORDER BY "department_id", "measure", "period", "bucket";--> statement-breakpoint
DROP TABLE `figure`;--> statement-breakpoint
ALTER TABLE `__new_figure` RENAME TO `figure`;
