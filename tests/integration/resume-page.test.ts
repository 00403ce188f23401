import { beforeEach, expect, it, vi } from 'vitest'
import ResumePage from '#app/(applicant)/collection/resume/page.tsx'
import TemplatesPage from '#app/(public)/templates/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { filledCase, submittedCase, typedRows } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)

const employer = typedRows.employment.employer

describeEachEngine('the filled 会计专业工作简历表 and who opens it (WRK-4)', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const enter = async (accountId: string) =>
    void jar.set('sid', {
      value: await openSession(deps, { accountId, address: '192.0.2.7', agent: 'Chrome/1 Windows' }),
    })

  it('holds the rows of who is signed in, of a draft and of what was submitted, and nobody else’s', async () => {
    const { tianhe } = await seedDepartments(deps)
    const mine = await makeApplicant(deps, { name: '欧阳䶮' })
    const other = await makeApplicant(deps, { name: '诸葛他人' })
    await submittedCase(deps, mine.actor, tianhe)
    await filledCase(deps, other.actor, tianhe)
    for (const [reader, theirs] of [
      [mine, other],
      [other, mine],
    ] as const) {
      await enter(reader.actor.id)
      const page = await shown(ResumePage)
      for (const there of [reader.name, reader.number, reader.phone, employer, '2012年8月—至今'])
        expect(page).toContain(there)
      for (const hidden of [theirs.name, theirs.number, theirs.phone]) expect(page).not.toContain(hidden)
    }
  })

  it('without a row of employment it is the empty form under a filled head, and says so', async () => {
    const person = await makeApplicant(deps)
    await openDraft(deps, person.actor, 'collection')
    await enter(person.actor.id)
    const page = await shown(ResumePage)
    expect(page).toContain(person.number)
    expect(page).toContain('还没有会计工作经历')
    expect(page).toMatch(/合计从事会计工作 +年/)
  })

  it('shows a row that is not in order yet as it was typed', async () => {
    const person = await makeApplicant(deps)
    const caseId = await openDraft(deps, person.actor, 'collection')
    await saveEntry(deps, person.actor, {
      caseId,
      section: 'employment',
      rowId: 'jobrow1',
      rev: 0,
      form: asPosted({ employer: '㐱氏会计师事务所', creditCode: '12', accounting: 'yes' }),
    })
    await enter(person.actor.id)
    const page = await shown(ResumePage)
    expect(page).toContain('<td>㐱氏会计师事务所</td><td>12</td>')
  })

  it('is not for staff, nobody signed in, somebody unproven or without a collection', async () => {
    expect(await shown(ResumePage)).toBe('303 /login')
    await enter((await makeStaff(deps, { role: 'operator' })).actor.id)
    expect(await shown(ResumePage)).toBe('404')
    await enter((await makeApplicant(deps, { verified: false })).actor.id)
    expect(await shown(ResumePage)).toBe('303 /identity')
    await enter((await makeApplicant(deps)).actor.id)
    expect(await shown(ResumePage)).toBe('303 /collection')
  })

  it('is linked from 模板下载 for an applicant alone', async () => {
    const isLinked = async () => (await shown(TemplatesPage)).includes('href="/collection/resume"')
    expect(await isLinked()).toBe(false)
    await enter((await makeStaff(deps, { role: 'operator' })).actor.id)
    expect(await isLinked()).toBe(false)
    await enter((await makeApplicant(deps)).actor.id)
    expect(await isLinked()).toBe(true)
  })
})
