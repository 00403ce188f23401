/** What stands beside the record: credits, 奖惩, receipts of papers, and the rules of a province. */
import { account } from './account.ts'
import { serviceCase } from './case.ts'
import { bool, id, index, instant, integer, ref, table, text, uniqueIndex } from './columns.ts'
import { department } from './department.ts'

/** Settings of a first-level node; one without a row has the defaults of `lib/domain/province-rules.ts`. */
export const province = table('province', {
  departmentId: text('department_id')
    .primaryKey()
    .references(() => department.id),
  /** Who agrees to a transfer within the province, and to one that leaves it (TRF-3). */
  transferInside: text('transfer_inside', { enum: ['target', 'both'] }).notNull(),
  transferOutside: text('transfer_outside', { enum: ['target', 'both'] }).notNull(),
  /** Credits of a year, and how many of them 专业科目 (CRE-1). */
  creditsTotal: integer('credits_total').notNull(),
  creditsProfessional: integer('credits_professional').notNull(),
  /** Credits for one 学时 of an online course. */
  creditsOnline: integer('credits_online').notNull(),
  version: integer('version').notNull().default(1),
})

/** A list of trainees that a department uploaded: first looked at line by line, then entered (CRE-1). */
export const roster = table(
  'roster',
  {
    id: id(),
    departmentId: text('department_id')
      .notNull()
      .references(() => department.id),
    by: ref('by')
      .notNull()
      .references(() => account.id),
    at: instant('at').notNull(),
    /** The lines as they were read, sealed; '' once they were entered or dropped. */
    linesSealed: text('lines_sealed').notNull(),
    state: text('state', { enum: ['checked', 'entered', 'dropped'] }).notNull(),
    lines: integer('lines').notNull(),
    entered: integer('entered').notNull().default(0),
    endedAt: instant('ended_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [index('roster_department').on(t.departmentId, t.at)],
)

/** Credits of 继续教育 as they were entered; which subjects they fill is computed (CRE-1). */
export const creditEntry = table(
  'credit_entry',
  {
    id: id(),
    personId: ref('person_id')
      .notNull()
      .references(() => account.id),
    year: integer('year').notNull(),
    /** One of `creditForms`. */
    form: text('form').notNull(),
    title: text('title').notNull(),
    quantity: integer('quantity').notNull(),
    credits: integer('credits').notNull(),
    /** `any` fills 专业科目 first, then 公需科目. */
    subject: text('subject', { enum: ['any', 'professional', 'public'] }).notNull(),
    /** `YYYY-MM` */
    obtained: text('obtained').notNull(),
    /** One of the two it comes from. */
    caseId: ref('case_id').references(() => serviceCase.id),
    rosterId: ref('roster_id').references(() => roster.id),
    departmentId: text('department_id')
      .notNull()
      .references(() => department.id),
    at: instant('at').notNull(),
  },
  (t) => [
    // The same thing counts once.
    uniqueIndex('credit_entry_once').on(t.personId, t.form, t.obtained, t.title),
    index('credit_entry_year').on(t.personId, t.year),
  ],
)

/** An entry of 奖惩 that was decided on (AWD-1). */
export const conduct = table(
  'conduct',
  {
    id: id(),
    personId: ref('person_id')
      .notNull()
      .references(() => account.id),
    kind: text('kind', { enum: ['award', 'penalty'] }).notNull(),
    /** 级别 of an award, 种类 of a penalty. */
    nature: text('nature').notNull(),
    /** Name of an award, '' of a penalty. */
    title: text('title').notNull(),
    /** 处罚依据; '' of an award. */
    basis: text('basis').notNull(),
    authority: text('authority').notNull(),
    documentNo: text('document_no').notNull(),
    /** `YYYY-MM-DD` */
    decidedOn: text('decided_on').notNull(),
    /** Entered later than ten working days after the decision. */
    late: bool('late').notNull().default(false),
    /** An award may be published by its department. */
    published: bool('published').notNull().default(false),
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    departmentId: text('department_id')
      .notNull()
      .references(() => department.id),
    at: instant('at').notNull(),
    revokedAt: instant('revoked_at'),
    /** The 异议 that revoked it. */
    revokedBy: ref('revoked_by').references(() => serviceCase.id),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    index('conduct_person').on(t.personId, t.decidedOn),
    index('conduct_department').on(t.departmentId, t.at),
    uniqueIndex('conduct_case').on(t.caseId),
  ],
)

/** A paper that was handed out: whoever holds it can ask whether it is true (`/verify/<code>`). */
export const receipt = table(
  'receipt',
  {
    code: text('code').primaryKey(),
    kind: text('kind', { enum: ['record', 'credits', 'exam'] }).notNull(),
    personId: ref('person_id')
      .notNull()
      .references(() => account.id),
    /** What was printed, sealed: the paper is drawn from it again. */
    paperSealed: text('paper_sealed').notNull(),
    /** Keyed hash of what was printed: whether it still says what the record says. */
    digest: text('digest').notNull(),
    /** The department at that time. */
    department: text('department').notNull(),
    issuedAt: instant('issued_at').notNull(),
  },
  (t) => [index('receipt_person').on(t.personId, t.kind, t.issuedAt)],
)
