import { bool, id, index, instant, integer, steps, table, text } from './columns.ts'

/** A 会计管理部门: a node of the tree 省 → 市 → 区县 with its overlay (DEP-1). `path` is `/`-joined ids from the root. */
export const department = table(
  'department',
  {
    id: id(),
    parentId: text('parent_id'),
    path: steps('path').notNull(),
    level: integer('level').notNull(),
    kind: text('kind', { enum: ['province', 'city', 'county', 'own', 'central', 'corps'] }).notNull(),
    name: text('name').notNull(),
    fullName: text('full_name').notNull(),
    regionCode: text('region_code'),
    sort: integer('sort').notNull(),
    active: bool('active').notNull(),
    phone: text('phone').notNull().default(''),
    address: text('address').notNull().default(''),
    hours: text('hours').notNull().default(''),
    reviewDays: integer('review_days').notNull().default(5),
    /** Which proofs of accounting work it takes (WRK-4), ids joined by spaces. */
    acceptedProofs: text('accepted_proofs').notNull().default('resume'),
    /** Where its people and cases went when it was closed (ADM-1). */
    mergedInto: text('merged_into'),
    createdAt: instant('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [index('department_parent').on(t.parentId, t.sort), index('department_path').on(t.path, t.id)],
)
