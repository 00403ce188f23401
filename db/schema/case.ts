import { sql } from 'drizzle-orm'
import { caseStates } from '#lib/domain/case-states.ts'
import { changeKinds } from '#lib/domain/changes.ts'
import { claimReasons, claimStates } from '#lib/domain/claims.ts'
import { account } from './account.ts'
import { bool, id, index, instant, integer, primaryKey, ref, table, text, uniqueIndex } from './columns.ts'
import { department } from './department.ts'
import { storedFile } from './file.ts'

/** One application of one person, of any kind. `openKey` is unique while the case is open: one open case per kind (and section). */
export const serviceCase = table(
  'service_case',
  {
    id: id(),
    kind: text('kind', {
      enum: [
        'collection',
        'identity',
        'correction',
        'appeal',
        ...changeKinds,
        'transfer',
        'credit',
        'award',
        'penalty',
        'objection',
        'exam',
      ],
    }).notNull(),
    number: text('number'),
    personId: ref('person_id')
      .notNull()
      .references(() => account.id),
    departmentId: text('department_id').references(() => department.id),
    /** Where it was last submitted, or passed on to: whose queue it stands in, whatever its applicant chooses meanwhile. */
    sentTo: text('sent_to').references(() => department.id),
    state: text('state', { enum: caseStates }).notNull(),
    openKey: text('open_key'),
    round: integer('round').notNull().default(0),
    /** Which of its kind's stages the current round is at, from 1. */
    stage: integer('stage').notNull().default(1),
    /** How many there are, settled when it is submitted: of a transfer the provinces say it (TRF-3). */
    stages: integer('stages').notNull().default(1),
    /** The entry of 奖惩 that a 异议 is about; null of all other kinds. */
    about: ref('about'),
    claimedBy: text('claimed_by').references(() => account.id),
    claimedAt: instant('claimed_at'),
    claimedUntil: instant('claimed_until'),
    submittedAt: instant('submitted_at'),
    dueOn: text('due_on').notNull().default(''),
    /** Held back from a 批量通过, for somebody to look at by itself (REV-5). */
    secondLookAt: instant('second_look_at'),
    decidedAt: instant('decided_at'),
    createdAt: instant('created_at').notNull(),
    // Moves with every save of a section: what is not touched for long is ended.
    updatedAt: instant('updated_at').notNull(),
    picturesEndedAt: instant('pictures_ended_at'),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    uniqueIndex('service_case_number').on(t.number),
    uniqueIndex('service_case_open').on(t.openKey),
    index('service_case_person').on(t.personId, t.kind, t.createdAt),
    // A queue of few departments is read department by department, one of many in the order of the tab.
    index('service_case_queue').on(t.sentTo, t.state, t.submittedAt, t.id, t.kind),
    index('service_case_queue_due').on(t.sentTo, t.state, t.dueOn, t.id, t.kind),
    index('service_case_state').on(t.state, t.submittedAt, t.id, t.sentTo, t.kind),
    index('service_case_state_due').on(t.state, t.dueOn, t.id, t.sentTo, t.kind),
    index('service_case_department').on(t.departmentId, t.state),
    index('service_case_claim').on(t.claimedBy, t.state),
    // What lapsed leases gave back, among all that is in somebody's hands.
    index('service_case_lease').on(t.sentTo, t.claimedUntil).where(sql`claimed_until is not null`),
    index('service_case_untouched').on(t.state, t.round, t.updatedAt),
    index('service_case_pictures').on(t.kind, t.picturesEndedAt, t.decidedAt),
  ],
)

/** A section's rows as typed, sealed. `editedFor` is the round the last edit prepares: after a return it shows what was mended. */
export const caseSection = table(
  'case_section',
  {
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    section: text('section').notNull(),
    rowsSealed: text('rows_sealed').notNull(),
    editedFor: integer('edited_for').notNull(),
    version: integer('version').notNull(),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.section] })],
)

/** A picture in a slot of a row of a section of a case. */
export const attachment = table(
  'attachment',
  {
    id: id(),
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    section: text('section').notNull(),
    rowId: text('row_id').notNull(),
    slot: text('slot').notNull(),
    fileId: ref('file_id')
      .notNull()
      .references(() => storedFile.id),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('attachment_case').on(t.caseId), index('attachment_file').on(t.fileId)],
)

/** A submission, frozen: the answers as shown, their files and the version of the rules (SUB-2). */
export const caseRound = table(
  'case_round',
  {
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    round: integer('round').notNull(),
    snapshotSealed: text('snapshot_sealed').notNull(),
    /** Of a 信息变更: the page of the record it was made from, as answers, sealed; '' otherwise. */
    baseSealed: text('base_sealed').notNull().default(''),
    ruleVersion: text('rule_version').notNull(),
    /** What a machine can say of the answers without asking anybody (CHK-3), sealed; '' where nothing was computed. */
    factsSealed: text('facts_sealed').notNull().default(''),
    departmentId: ref('department_id')
      .notNull()
      .references(() => department.id),
    submittedAt: instant('submitted_at').notNull(),
    outcome: text('outcome', { enum: ['', 'returned', 'approved', 'refused', 'withdrawn'] })
      .notNull()
      .default(''),
    noteSealed: text('note_sealed').notNull().default(''),
    decidedBy: text('decided_by').references(() => account.id),
    decidedAt: instant('decided_at'),
    /** Working days from submission to decision, as the calendar was then; null before, and of what was decided before this was kept. */
    workingDays: integer('working_days'),
    /** Decided after its due day. */
    overdue: bool('overdue').notNull().default(false),
    /** Returned for something that was there to be seen in an earlier round (一次性告知), and when. */
    lateAt: instant('late_at'),
  },
  (t) => [
    primaryKey({ columns: [t.caseId, t.round] }),
    // Few rows have one: what managers are shown.
    index('case_round_late').on(t.lateAt, t.departmentId),
  ],
)

/** Which files a round froze: they stay as long as the round does. */
export const roundFile = table(
  'round_file',
  {
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    round: integer('round').notNull(),
    fileId: ref('file_id')
      .notNull()
      .references(() => storedFile.id),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.round, t.fileId] }), index('round_file_file').on(t.fileId)],
)

/** A reviewer's word on one section of one round (REV-4); a pass may be carried over from the round before. */
export const verdict = table(
  'verdict',
  {
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    round: integer('round').notNull(),
    section: text('section').notNull(),
    passed: bool('passed').notNull(),
    by: ref('by')
      .notNull()
      .references(() => account.id),
    at: instant('at').notNull(),
    carriedFrom: integer('carried_from').notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.round, t.section] })],
)

/** Who let a round pass a stage that is not the last: the next one is for somebody else. */
export const stagePass = table(
  'stage_pass',
  {
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    round: integer('round').notNull(),
    stage: integer('stage').notNull(),
    by: ref('by')
      .notNull()
      .references(() => account.id),
    at: instant('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.caseId, t.round, t.stage] })],
)

/** What is wrong and where: a reason of the closed list, the field or slot it concerns, and a note (REV-4). */
export const finding = table(
  'finding',
  {
    id: id(),
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    round: integer('round').notNull(),
    section: text('section').notNull(),
    rowId: text('row_id').notNull(),
    target: text('target').notNull(),
    reason: text('reason').notNull(),
    noteSealed: text('note_sealed').notNull(),
    /** It was there to be seen in an earlier round, and was not said then (一次性告知). */
    late: bool('late').notNull().default(false),
    /** Null where no person found it but a register did (CHK-4). */
    by: ref('by').references(() => account.id),
    at: instant('at').notNull(),
  },
  (t) => [index('finding_case').on(t.caseId, t.round)],
)

/** Something a register could confirm about a row of a round (CHK-1). */
export const claimCheck = table(
  'claim_check',
  {
    id: id(),
    caseId: ref('case_id')
      .notNull()
      .references(() => serviceCase.id),
    round: integer('round').notNull(),
    section: text('section').notNull(),
    rowId: text('row_id').notNull(),
    kind: text('kind').notNull(),
    state: text('state', { enum: claimStates }).notNull(),
    /** What differs, field keys joined by spaces; '' where nothing does or nothing was found. */
    fields: text('field').notNull().default(''),
    /** What differs without being a failure (EDU-3), joined by spaces: for the reviewer. */
    notes: text('notes').notNull().default(''),
    why: text('why', { enum: claimReasons }).notNull().default(''),
    /** What the row says and whose it is, as it was asked, sealed. */
    subjectSealed: text('subject_sealed').notNull().default(''),
    /** It failed before, and this round brings the proofs: a person decides (EDU-3). */
    answered: bool('answered').notNull().default(false),
    /** Which register, and as of when. */
    source: text('source').notNull().default(''),
    /** Since when the register has been failing, while it is tried again. */
    failingSince: instant('failing_since'),
    at: instant('at').notNull(),
  },
  (t) => [index('claim_check_case').on(t.caseId, t.round)],
)
