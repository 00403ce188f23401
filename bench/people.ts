/** People for a run, made by the commands an applicant uses: each with a collection that is complete, two rows of education and two of work. */
import { eq } from 'drizzle-orm'
import { hashPassword } from '#lib/auth/passwords.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { filledCase, rowIds, typedRows, typeRow } from '#tests/support/cases.ts'
import { makeApplicant, newMainlandNumber, type TestDeps } from '#tests/support/deps.ts'
import type { BenchDeps } from './data.ts'

/** Where the reviewer of the bench works. */
export const department = '440106'

export interface MadePerson {
  readonly phone: string
  readonly caseId: string
}
export interface People {
  /** Complete and not sent. */
  readonly drafts: readonly MadePerson[]
  /** Sent, and nobody has looked at it. */
  readonly waiting: readonly MadePerson[]
}

const month = (name: string, year: string, number: string) => ({
  [`${name}.year`]: year,
  [`${name}.month`]: number,
})

const master = {
  ...typedRows.education,
  level: 'master_program',
  degree: 'master',
  ...month('enrolled', '2012', '09'),
  ...month('graduated', '2015', '06'),
  diplomaNo: '105581201502000123',
  degreeNo: '1055832015000123',
}

/** The present job begins later, and this one stands before it. */
const present = {
  ...typedRows.employment,
  ...month('start', '2017', '07'),
  ...month(`posts.${rowIds.post}.start`, '2017', '08'),
}
const earlierPost = 'jobrow2p1'
const isOfPresent = (name: string) => name.startsWith('posts.') || name === 'end.open'
const earlier = {
  ...Object.fromEntries(Object.entries(typedRows.employment).filter(([name]) => !isOfPresent(name))),
  ...month('start', '2012', '07'),
  ...month('end', '2017', '06'),
  ...month(`posts.${earlierPost}.start`, '2012', '08'),
  ...month(`posts.${earlierPost}.end`, '2017', '06'),
  [`posts.${earlierPost}.work`]: 'cashier',
}

/** Data that was used for many runs has many of ours: chance alone would give two of them one phone or one number. */
let serial = Math.floor(Date.now() / 100)
function newPerson() {
  serial += 1
  const [month, day] = [1 + (serial % 12), 1 + (serial % 28)]
  const birth = `1990${String(month).padStart(2, '0')}${String(day).padStart(2, '0')}`
  return { phone: `139${String(serial).slice(-8)}`, number: newMainlandNumber(birth) }
}

async function makeDraft(deps: TestDeps, passwordHash: string): Promise<MadePerson & { actor: Applicant }> {
  const { actor, phone } = await makeApplicant(deps, newPerson())
  const { account } = deps.store.t
  await deps.store.tx((q) => q.update(account).set({ passwordHash }).where(eq(account.id, actor.id)))
  const caseId = await filledCase(deps, actor, department)
  const job = { caseId, section: 'employment' } as const
  await typeRow(deps, actor, { caseId, section: 'education', rowId: 'edurow2' }, master)
  await typeRow(deps, actor, { ...job, rowId: rowIds.employment, rev: 1 }, present)
  await typeRow(deps, actor, { ...job, rowId: 'jobrow2' }, earlier)
  return { actor, phone, caseId }
}

/** Makes so many; `password` is everybody's. */
export async function makePeople(
  deps: BenchDeps,
  password: string,
  wish: { readonly drafts: number; readonly waiting: number },
): Promise<People> {
  const passwordHash = await hashPassword(password)
  const made: TestDeps = { ...deps, sent: [] }
  const people: Record<keyof People, MadePerson[]> = { drafts: [], waiting: [] }
  await deps.store.load(async () => {
    for (const group of ['drafts', 'waiting'] as const)
      for (let nth = 0; nth < wish[group]; nth += 1) {
        deps.clock.advance(10)
        const { actor, phone, caseId } = await makeDraft(made, passwordHash)
        if (group === 'waiting') await submitCase(deps, actor, { caseId, declared: true })
        people[group].push({ phone, caseId })
      }
  })
  return people
}
