// Generated from ../person.ts by npm run db:generate; do not edit.
import { account } from './account.ts'
import { index, instant, integer, json, primaryKey, ref, table, text } from './columns.ts'
import { department } from './department.ts'

/** The approved record of a person. Field keys equal those of the wizard's sections; sensitive ones are sealed. */
export const person = table(
  'person',
  {
    id: text('id')
      .primaryKey()
      .references(() => account.id),
    departmentId: ref('department_id')
      .notNull()
      .references(() => department.id),
    situation: text('situation').notNull(),
    household: text('household').notNull(),
    scope: text('scope').notNull(),
    ethnicity: text('ethnicity').notNull(),
    politics: text('politics').notNull(),
    residence: text('residence').notNull(),
    address: text('address').notNull(),
    email: text('email').notNull(),
    approvedAt: instant('approved_at').notNull(),
    caseId: text('case_id').notNull(),
    /** As what the figures count it: `[measure, bucket]` each. Taken back as it was counted, whatever the rules became since. */
    counted: json<readonly (readonly [string, string])[]>('counted'),
    version: integer('version').notNull().default(1),
  },
  (t) => [index('person_department').on(t.departmentId, t.id)],
)

export const education = table(
  'education',
  {
    id: text('id').notNull(),
    personId: ref('person_id')
      .notNull()
      .references(() => person.id),
    place: text('place').notNull(),
    mode: text('mode').notNull(),
    school: text('school').notNull(),
    level: text('level').notNull(),
    degree: text('degree').notNull(),
    major: text('major').notNull(),
    enrolled: text('enrolled').notNull(),
    graduated: text('graduated').notNull(),
    diplomaNo: text('diploma_no').notNull(),
    degreeNo: text('degree_no').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.id] })],
)

export const employment = table(
  'employment',
  {
    id: text('id').notNull(),
    personId: ref('person_id')
      .notNull()
      .references(() => person.id),
    start: text('start').notNull(),
    end: text('end').notNull(),
    employer: text('employer').notNull(),
    creditCode: text('credit_code').notNull(),
    noCode: text('no_code').notNull(),
    noCodeReason: text('no_code_reason').notNull(),
    employerType: text('employer_type').notNull(),
    industry: text('industry').notNull(),
    employerAddress: text('employer_address').notNull(),
    employerPhone: text('employer_phone').notNull(),
    accounting: text('accounting').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.id] })],
)

export const accountingPost = table(
  'accounting_post',
  {
    id: text('id').notNull(),
    personId: ref('person_id')
      .notNull()
      .references(() => person.id),
    employmentId: text('employment_id').notNull(),
    start: text('start').notNull(),
    end: text('end').notNull(),
    work: text('work').notNull(),
    title: text('title').notNull(),
    appointed: text('appointed').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.id] })],
)

export const qualification = table(
  'qualification',
  {
    id: text('id').notNull(),
    personId: ref('person_id')
      .notNull()
      .references(() => person.id),
    kind: text('kind').notNull(),
    level: text('level').notNull(),
    way: text('way').notNull(),
    certificateNo: text('certificate_no').notNull(),
    obtained: text('obtained').notNull(),
    issuer: text('issuer').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.id] })],
)

/** The pictures that belong to the approved record, by section, row and slot. */
export const recordFile = table(
  'record_file',
  {
    personId: ref('person_id')
      .notNull()
      .references(() => person.id),
    section: text('section').notNull(),
    rowId: text('row_id').notNull(),
    slot: text('slot').notNull(),
    fileId: text('file_id').notNull(),
  },
  (t) => [primaryKey({ columns: [t.personId, t.section, t.rowId, t.slot, t.fileId] })],
)
