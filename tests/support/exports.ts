/** People of the record without the way they came there, and exports asked for and written as the worker does it. */
import { parse } from 'csv-parse/sync'
import readWorkbook from 'read-excel-file/node'
import { exportById } from '#db/queries/exports.ts'
import { beginStaffExport } from '#lib/commands/begin-staff-export.ts'
import { fetchExport } from '#lib/commands/fetch-export.ts'
import { applicantRow } from '#lib/commands/support/account-row.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import { runLongJobs } from '#lib/jobs/run-jobs.ts'
import { type ApplicantWish, makeApplicant, newMainlandNumber, newPhone, type TestDeps } from './deps.ts'

const record = {
  situation: 'employed',
  household: '440100',
  scope: 'accounting_staff',
  ethnicity: '01',
  politics: 'masses',
  residence: '440100',
  address: '',
  email: '',
  caseId: '',
}

/** Somebody on the record of a department, with a degree, a job and a title. */
export async function onRecord(deps: Deps, departmentId: string, wish: ApplicantWish = {}) {
  const made = await makeApplicant(deps, wish)
  const { t } = deps.store
  const personId = made.actor.id
  const of = { id: 'row1', personId }
  await deps.store.tx(async (q) => {
    await q.insert(t.person).values({ ...record, id: personId, departmentId, approvedAt: deps.clock.now() })
    await q.insert(t.education).values({
      ...of,
      place: 'domestic',
      mode: 'full_time',
      school: '',
      level: 'bachelor_program',
      degree: 'bachelor',
      major: '',
      enrolled: '2008-09',
      graduated: '2012-06',
      diplomaNo: '',
      degreeNo: '',
    })
    await q.insert(t.employment).values({
      ...of,
      start: '2012-07',
      end: 'ongoing',
      employer: '',
      creditCode: '',
      noCode: '',
      noCodeReason: '',
      employerType: 'soe',
      industry: 'C',
      employerAddress: '',
      employerPhone: '',
      accounting: 'yes',
    })
    await q.insert(t.qualification).values({
      ...of,
      kind: 'accounting',
      level: 'intermediate',
      way: 'exam',
      certificateNo: '',
      obtained: '2017-09',
      issuer: '',
    })
  })
  return made
}

/** Many people of a department, with nothing but who they are. */
export async function crowdOnRecord(deps: TestDeps, departmentId: string, count: number): Promise<void> {
  const { t } = deps.store
  const at = deps.clock.now()
  const person = (index: number) => {
    const number = newMainlandNumber()
    return applicantRow(deps, {
      id: newId(at),
      idType: 'mainland_id',
      number,
      identityKey: number,
      nationality: '',
      phone: newPhone(),
      name: `王${index}`,
      sex: 'female',
      birth: '1990-03-07',
      passwordHash: '',
      at,
    })
  }
  await deps.store.tx(async (q) => {
    // A number or a phone drawn twice is drawn again.
    for (let made = 0; made < count; ) {
      const some = Array.from({ length: Math.min(200, count - made) }, (_, index) => person(made + index))
      await q.insert(t.account).values(some).onConflictDoNothing()
      const held = await q.select({ id: t.account.id }).from(t.account)
      const known = new Set(held.map(({ id }) => id))
      const rows = some.filter(({ id }) => known.has(id))
      await q.insert(t.person).values(rows.map(({ id }) => ({ ...record, id, departmentId, approvedAt: at })))
      made += rows.length
    }
  })
}

/** The form as it is posted. */
export const wished = (
  kind: string,
  department: readonly string[],
  more: Readonly<Record<string, string>> = {},
): Record<string, string> => ({
  kind,
  format: 'csv',
  ...Object.fromEntries(department.map((id, index) => [`department.${index + 1}`, id])),
  ...(kind === 'figures' || kind === 'audit'
    ? { 'from.year': '2026', 'from.month': '11', 'to.year': '2026', 'to.month': '12' }
    : {}),
  ...more,
})

export const writeDue = (deps: TestDeps) => runLongJobs(deps, 'worker', 5)

export const exportRow = (deps: TestDeps, id: string) => exportById(deps.store.read, deps.store.t, id)

/** Asked for, written and fetched: the rows of the file, its heading first. */
export async function exported(deps: TestDeps, actor: Staff, typed: Record<string, string>) {
  const id = await beginStaffExport(deps, actor, { typed })
  await writeDue(deps)
  return { id, rows: await rowsOf(deps, actor, id) }
}

/** What a program makes of the file: text and numbers; nothing is ''. */
export async function rowsOf(deps: TestDeps, actor: Actor, exportId: string) {
  const { bytes, format } = await fetchExport(deps, actor, { exportId })
  if (format === 'csv') {
    const rows: string[][] = parse(bytes, { bom: true })
    return rows
  }
  const [sheet] = await readWorkbook(bytes)
  return (sheet?.data ?? []).map((row) => row.map((cell) => cell ?? ''))
}
