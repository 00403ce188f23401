DROP INDEX "department_path";--> statement-breakpoint
ALTER TABLE "department" ALTER COLUMN "path" SET DATA TYPE text collate "C";--> statement-breakpoint
CREATE INDEX "department_path" ON "department" USING btree ("path","id");