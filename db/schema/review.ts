import { account } from './account.ts'
import { id, index, instant, ref, table, text } from './columns.ts'
import { department } from './department.ts'

/** A note that reviewers of a department and beneath it may start from (REV-4). */
export const noteTemplate = table(
  'note_template',
  {
    id: id(),
    departmentId: ref('department_id')
      .notNull()
      .references(() => department.id),
    reason: text('reason').notNull(),
    text: text('text').notNull(),
    createdBy: ref('created_by')
      .notNull()
      .references(() => account.id),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [index('note_template_department').on(t.departmentId)],
)
