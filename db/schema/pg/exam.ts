// Generated from ../exam.ts by npm run db:generate; do not edit.
/** Exams (EXM): sessions as data, registrations beside their cases, and what was paid for them. */
import { examLevels, examStates, payStates } from '#lib/domain/exams.ts'
import { account } from './account.ts'
import { serviceCase } from './case.ts'
import { id, index, instant, integer, primaryKey, ref, table, text, uniqueIndex } from './columns.ts'
import { department } from './department.ts'

/** An exam of a level and year with its national window. Seen by people once it is published. */
export const examSession = table(
  'exam_session',
  {
    id: id(),
    level: text('level', { enum: examLevels }).notNull(),
    year: integer('year').notNull(),
    opensAt: instant('opens_at').notNull(),
    collectBy: instant('collect_by').notNull(),
    closesAt: instant('closes_at').notNull(),
    payBy: instant('pay_by').notNull(),
    /** `YYYY-MM-DD`, the first and the last day of the exam. */
    examFrom: text('exam_from').notNull(),
    examTo: text('exam_to').notNull(),
    /** For one subject, in 分. */
    fee: integer('fee').notNull(),
    notice: text('notice').notNull().default(''),
    publishedAt: instant('published_at'),
    createdAt: instant('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [uniqueIndex('exam_session_level').on(t.year, t.level)],
)

/** The window of a province inside the national one; a province without a row keeps the national one. */
export const examWindow = table(
  'exam_window',
  {
    sessionId: ref('session_id')
      .notNull()
      .references(() => examSession.id),
    departmentId: text('department_id')
      .notNull()
      .references(() => department.id),
    opensAt: instant('opens_at').notNull(),
    collectBy: instant('collect_by').notNull(),
    closesAt: instant('closes_at').notNull(),
    payBy: instant('pay_by').notNull(),
    fee: integer('fee').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [primaryKey({ columns: [t.sessionId, t.departmentId] })],
)

/** 报考点 of a session in a province. `taken` is kept in the transactions that take and give back. */
export const examSite = table(
  'exam_site',
  {
    id: id(),
    sessionId: ref('session_id')
      .notNull()
      .references(() => examSession.id),
    departmentId: text('department_id')
      .notNull()
      .references(() => department.id),
    name: text('name').notNull(),
    /** A city, GB/T 2260. */
    city: text('city').notNull(),
    capacity: integer('capacity').notNull(),
    taken: integer('taken').notNull().default(0),
    version: integer('version').notNull().default(1),
  },
  (t) => [uniqueIndex('exam_site_name').on(t.sessionId, t.departmentId, t.name)],
)

/** A registration, beside the case that judges it. */
export const examEntry = table(
  'exam_entry',
  {
    caseId: ref('case_id')
      .primaryKey()
      .references(() => serviceCase.id),
    sessionId: ref('session_id')
      .notNull()
      .references(() => examSession.id),
    personId: ref('person_id')
      .notNull()
      .references(() => account.id),
    /** The province it is made in, a first-level node. */
    departmentId: text('department_id')
      .notNull()
      .references(() => department.id),
    siteId: ref('site_id')
      .notNull()
      .references(() => examSite.id),
    /** Ids with spaces between them. */
    subjects: text('subjects').notNull(),
    /** Of all subjects, in 分. */
    fee: integer('fee').notNull(),
    payBy: instant('pay_by').notNull(),
    state: text('state', { enum: examStates }).notNull(),
    /** `person:session` while it holds a seat: one of each. */
    holdKey: text('hold_key'),
    /** 报名序号, given with the payment. */
    number: text('number'),
    createdAt: instant('created_at').notNull(),
    paidAt: instant('paid_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('exam_entry_hold').on(t.holdKey),
    uniqueIndex('exam_entry_number').on(t.number),
    index('exam_entry_person').on(t.personId, t.createdAt),
    index('exam_entry_state').on(t.state, t.payBy),
    index('exam_entry_department').on(t.sessionId, t.departmentId, t.state, t.caseId),
  ],
)

/** What is asked of a payment provider for a registration. */
export const payOrder = table(
  'pay_order',
  {
    id: id(),
    /** What the provider knows it by. */
    number: text('number').notNull(),
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    personId: ref('person_id')
      .notNull()
      .references(() => account.id),
    /** In 分. */
    amount: integer('amount').notNull(),
    provider: text('provider').notNull(),
    state: text('state', { enum: payStates }).notNull(),
    /** The provider's own number, once it was paid. */
    tradeNo: text('trade_no').notNull().default(''),
    /** Why money has to go back; '' otherwise. */
    why: text('why').notNull().default(''),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    paidAt: instant('paid_at'),
    settledAt: instant('settled_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('pay_order_number').on(t.number),
    index('pay_order_case').on(t.caseId),
    index('pay_order_state').on(t.state, t.expiresAt),
  ],
)
