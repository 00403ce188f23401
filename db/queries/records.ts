import { asc, eq } from 'drizzle-orm'
import type { Row } from '#lib/sections/define.ts'
import type { Keyring } from '../crypto.ts'
import { type Given, prepared } from '../prepared.ts'
import type { Q, Schema } from '../store.ts'
import { fileNameContext, type PlacedFile, type Proposal } from './cases.ts'

/** Binds a sealed value of the approved record to its person, table, row and column (SEC-2). */
export const recordContext = (personId: string, table: string, rowId: string, field: string) =>
  `record:${personId}:${table}:${rowId}:${field}`

/** The approved record of a person as stored, sealed columns still sealed, without its pictures; null before there is one. */
async function recordOf(q: Q, t: Schema, personId: string) {
  const [person] = await q.select().from(t.person).where(eq(t.person.id, personId)).limit(1)
  if (!person) return null
  // One after another: inside a transaction they share its connection.
  const education = await q
    .select()
    .from(t.education)
    .where(eq(t.education.personId, personId))
    .orderBy(asc(t.education.enrolled))
  const employment = await q
    .select()
    .from(t.employment)
    .where(eq(t.employment.personId, personId))
    .orderBy(asc(t.employment.start))
  const posts = await q
    .select()
    .from(t.accountingPost)
    .where(eq(t.accountingPost.personId, personId))
    .orderBy(asc(t.accountingPost.start))
  const qualifications = await q
    .select()
    .from(t.qualification)
    .where(eq(t.qualification.personId, personId))
    .orderBy(asc(t.qualification.obtained))
  return { person, education, employment, posts, qualifications }
}

/** Which columns of a person belong to which page; the contract test holds them to the fields of the sections. */
export const personColumns = {
  department: ['situation', 'household', 'departmentId'],
  scope: ['scope'],
  basic: ['ethnicity', 'politics', 'residence', 'address', 'email'],
} as const
/** Which columns are ciphertext, by table; held to the sections likewise. */
export const sealedColumns: Readonly<Record<string, readonly string[]>> = {
  person: ['address'],
  education: ['diplomaNo', 'degreeNo'],
  employment: ['employerAddress', 'employerPhone'],
  accounting_post: [],
  qualification: ['certificateNo'],
}

/** The approved record opened: rows as a draft has them, by page, and its pictures in their places. */
export interface OpenRecord {
  readonly departmentId: string
  readonly version: number
  readonly approvedAt: Date
  readonly proposals: ReadonlyMap<string, Proposal>
  readonly files: readonly PlacedFile[]
}

/** The approved record of a person as it is now; null before there is one. */
export async function openRecord(
  q: Q,
  t: Schema,
  keys: Keyring,
  personId: string,
): Promise<OpenRecord | null> {
  const held = await recordOf(q, t, personId)
  if (!held) return null
  const row = (table: string, id: string, columns: Readonly<Record<string, unknown>>): Row => ({
    id,
    rev: 1,
    values: Object.fromEntries(
      Object.entries(columns).flatMap(([key, value]) => {
        if (typeof value !== 'string' || key === 'id' || key === 'personId' || key === 'employmentId')
          return []
        const isSealed = value !== '' && sealedColumns[table]?.includes(key)
        return [[key, isSealed ? keys.unseal(value, recordContext(personId, table, id, key)) : value]]
      }),
    ),
  })
  const main = row('person', 'main', held.person)
  const page = (columns: readonly string[]): Row => ({
    ...main,
    values: Object.fromEntries(columns.map((key) => [key, main.values[key] ?? ''])),
  })
  const rows: Readonly<Record<string, readonly Row[]>> = {
    department: [page(personColumns.department)],
    scope: [page(personColumns.scope)],
    basic: [page(personColumns.basic)],
    education: held.education.map((one) => row('education', one.id, one)),
    employment: held.employment.map((one) => ({
      ...row('employment', one.id, one),
      children: held.posts
        .filter(({ employmentId }) => employmentId === one.id)
        .map((post) => row('accounting_post', post.id, post)),
    })),
    qualifications: held.qualifications.map((one) => row('qualification', one.id, one)),
  }
  const { departmentId, version, approvedAt } = held.person
  return {
    departmentId,
    version,
    approvedAt,
    proposals: new Map(
      Object.entries(rows).map(([section, of]) => [section, { rows: of, editedFor: 1, version: 1 }]),
    ),
    files: await filesOfRecord(q, t, keys, personId),
  }
}

async function filesOfRecord(q: Q, t: Schema, keys: Keyring, personId: string): Promise<PlacedFile[]> {
  const rows = await q
    .select({ place: t.recordFile, file: t.storedFile })
    .from(t.recordFile)
    .innerJoin(t.storedFile, eq(t.storedFile.id, t.recordFile.fileId))
    .where(eq(t.recordFile.personId, personId))
    .orderBy(asc(t.recordFile.fileId))
  return rows.map(({ place: { section, rowId, slot }, file }) => ({
    attachmentId: '',
    section,
    rowId,
    slot,
    fileId: file.id,
    width: file.width,
    height: file.height,
    bytes: file.bytes,
    name: keys.unseal(file.nameSealed, fileNameContext(file.id)),
  }))
}

const homeQuery = prepared((q, t, { personId }: Given<{ personId: string }>) =>
  q.select({ departmentId: t.person.departmentId }).from(t.person).where(eq(t.person.id, personId)),
)

/** The department that keeps the record of a person; null before there is a record. */
export async function departmentOfRecord(q: Q, t: Schema, personId: string): Promise<string | null> {
  const [row] = await homeQuery(q, t, { personId })
  return row?.departmentId ?? null
}

/** Whether there is an approved record of a person. */
export async function hasRecord(q: Q, t: Schema, personId: string): Promise<boolean> {
  const [row] = await q.select({ id: t.person.id }).from(t.person).where(eq(t.person.id, personId)).limit(1)
  return row !== undefined
}
