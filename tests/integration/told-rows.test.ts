/** What is told of rows and refuses nothing, and what a return says once it is mended, on the pages of an applicant. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import ChangeEditPage from '#app/(applicant)/changes/[page]/edit/page.tsx'
import ChangePage from '#app/(applicant)/changes/[page]/page.tsx'
import RowPage from '#app/(applicant)/collection/[step]/[rowId]/page.tsx'
import { ListStep } from '#app/(applicant)/collection/[step]/list-step.tsx'
import { OutcomeStep } from '#app/(applicant)/collection/[step]/outcome-step.tsx'
import { saveRow } from '#app/(applicant)/collection/actions.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { collection } from '#lib/cases/collection.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { listView } from '#lib/views/collection-rows.ts'
import { outcomeOf } from '#lib/views/outcome.ts'
import { caseRow, rowsOf } from '#tests/support/case-state.ts'
import { filledCase, putPicture, rowIds, typeDepartment, typedRows, typeRow } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, testDeps } from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { outcomeOf as ended } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

beforeEach(() => jar.clear())

type Typed = Readonly<Record<string, string>>

async function scene(open: Open) {
  const deps = testDeps(await open())
  Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
  const places = await seedDepartments(deps)
  const { actor } = await makeApplicant(deps)
  const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
  jar.set('sid', { value: await openSession(deps, { accountId: actor.id, address: '', agent: '' }) })
  const desk = async () => {
    const found = await collectionDesk(deps, actor)
    if (!found) throw new Error('no desk')
    return found
  }
  return {
    deps,
    places,
    actor,
    reviewer,
    desk,
    outcome: async () => outcomeOf(deps, await desk()),
    outcomePage: async () =>
      renderToStaticMarkup(await OutcomeStep({ d: deps, desk: await desk(), echo: null, done: undefined })),
    listPage: async (section: SectionId) =>
      renderToStaticMarkup(
        createElement(ListStep, { desk: await desk(), section, echo: null, done: 'saved' }),
      ),
    rowPage: (section: SectionId, rowId: string, search: Record<string, string> = {}) =>
      shown(
        ({ searchParams }) => RowPage({ searchParams, params: Promise.resolve({ step: section, rowId }) }),
        search,
      ),
    /** Types over what is stored of a row, whatever edit of it that is. */
    async retype(caseId: string, section: SectionId, rowId: string, values: Typed) {
      const known = (await rowsOf(deps, caseId, section)).find(({ id }) => id === rowId)
      await typeRow(deps, actor, { caseId, section, rowId, rev: known?.rev ?? 0 }, values)
    },
  }
}

/** A doctor's degree with 大学本科, and certificates of 2015 though graduated in 2012. */
const odd = {
  ...typedRows.education,
  degree: 'doctor',
  diplomaNo: '105581201505000123',
  degreeNo: '1055842012000123',
}
const oddLines = [
  '学历证书编号里的年份是 2015，毕业时间是 2012 年，请再核对一次；确认无误可以继续',
  '学位证书编号里的级别与所选学位不同，请再核对一次；确认无误可以继续',
  '这个学历通常不授予所选学位，请再核对一次；确认无误可以继续',
]
const returnedFor = (section: string, rowId: string, target: string, reason: string) => ({
  at: `finding.${section}.0`,
  section,
  rowId,
  target,
  reason,
  note: '请核对',
})

describeEachEngine('what is told of a row and refuses nothing (EDU-6, WRK-5)', (open) => {
  it('stands in the list, in 查看详情 and on 审核告知, each with the way to it', async () => {
    const { deps, actor, places, listPage, rowPage, outcomePage, retype } = await scene(open)
    const caseId = await filledCase(deps, actor, places.tianhe)
    const href = `/collection/education/${rowIds.education}`
    for (const page of [await listPage('education'), await outcomePage()]) {
      expect(page).not.toContain('请再核对')
      expect(page).not.toContain('#warnings')
    }

    await retype(caseId, 'education', rowIds.education, odd)
    const list = await listPage('education')
    // It is complete all the same.
    expect(list).toContain('已填好')
    expect(list).toMatch(new RegExp(`<a href="${href}#warnings"[^>]*>.*?请再核对.*?教育经历 1`))
    for (const page of [
      await rowPage('education', rowIds.education),
      await rowPage('education', rowIds.education, { view: '1' }),
    ]) {
      expect(page).toContain('id="warnings"')
      for (const line of oddLines) expect(page).toContain(line)
    }
    const outcome = await outcomePage()
    for (const line of oddLines) expect(outcome).toContain(line)
    expect(outcome).toMatch(new RegExp(`<a href="${href}#warnings"[^>]*>教育经历 · 教育经历 1</a>`))
    expect(outcome.indexOf(oddLines[0] ?? '')).toBeLessThan(outcome.indexOf('name="declared"'))

    // It never blocks, and is no news to who has sent it.
    expect(await ended(submitCase(deps, actor, { caseId, declared: true }))).toEqual(['done'])
    expect(await outcomePage()).not.toContain('请再核对')
  })

  it('is told of work begun under sixteen as well', async () => {
    const { deps, actor, places, listPage, outcomePage, retype, desk } = await scene(open)
    const caseId = await filledCase(deps, actor, places.tianhe)
    const { birth } = (await desk()).draft.context.person
    const year = String(Number(birth.slice(0, 4)) + 14)
    await retype(caseId, 'employment', rowIds.employment, { ...typedRows.employment, 'start.year': year })
    expect(await listPage('employment')).toContain(
      `href="/collection/employment/${rowIds.employment}#warnings"`,
    )
    expect(await outcomePage()).toContain('工作开始时未满 16 周岁，请核对；确认无误可以继续')
  })

  it('is told of a change as well, of the rows it touches', async () => {
    const { deps, actor, reviewer, places, retype } = await scene(open)
    const first = await filledCase(deps, actor, places.tianhe)
    await retype(first, 'education', rowIds.education, odd)
    await submitCase(deps, actor, { caseId: first, declared: true })
    await claimCase(deps, reviewer, { caseId: first })
    const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
    const { version } = await caseRow(deps, first)
    await approveCase(deps, reviewer, { caseId: first, version, opinions: { verdicts, findings: [] } })
    deps.clock.advance(1000)

    const caseId = await openDraft(deps, actor, 'change-education')
    const page = () =>
      shown(({ searchParams }) =>
        ChangeEditPage({ searchParams, params: Promise.resolve({ page: 'education' }) }),
      )
    const marked = `href="/changes/education/edit/${rowIds.education}#warnings"`
    expect(await page()).toContain(marked)
    expect(await page()).not.toContain(oddLines[0])
    await retype(caseId, 'education', rowIds.education, { ...odd, school: '暨南大学' })
    for (const there of [marked, ...oddLines]) expect(await page()).toContain(there)
  })
})

describeEachEngine('a return that is mended (SUB-4)', (open) => {
  async function returned(...findings: ReturnType<typeof returnedFor>[]) {
    const base = await scene(open)
    const { deps, actor, reviewer, places } = base
    const caseId = await filledCase(deps, actor, places.tianhe)
    await submitCase(deps, actor, { caseId, declared: true })
    await claimCase(deps, reviewer, { caseId })
    const verdicts = Object.fromEntries(
      collection.sections.map((section) => [
        section,
        findings.some((one) => one.section === section) ? 'problem' : 'pass',
      ]),
    )
    const { version } = await caseRow(deps, caseId)
    await returnCase(deps, reviewer, { caseId, version, opinions: { verdicts, findings } })
    return { ...base, caseId }
  }
  const school = returnedFor('education', rowIds.education, 'school', 'answer-incomplete')
  const address = returnedFor('basic', 'main', 'address', 'answer-incomplete')
  const diploma = returnedFor('education', rowIds.education, 'slot:diploma', 'diploma-missing')
  const toDo = '下一步：按退回意见修改，然后重新提交。没有指出问题的部分不需要改动。'
  const toSend = '下一步：有退回意见的页面都已修改。请核对下面的信息，勾选承诺后提交。'

  it('is marked page by page, and once all of it is, says that it can be sent', async () => {
    const { caseId, outcome, outcomePage, retype } = await returned(address, school)
    const marks = async () => (await outcome()).returned.map(({ place, mended }) => [place, mended])
    expect(await marks()).toEqual([
      ['基本信息', false],
      ['教育经历 · 教育经历 1', false],
    ])
    const untouched = await outcomePage()
    expect(untouched).toContain(toDo)
    expect(untouched).not.toContain('本页已修改')

    await retype(caseId, 'education', rowIds.education, { ...typedRows.education, school: '暨南大学' })
    expect(await marks()).toEqual([
      ['基本信息', false],
      ['教育经历 · 教育经历 1', true],
    ])
    const half = await outcomePage()
    expect(half).toContain(toDo)
    expect(half.match(/本页已修改<\/span>/g)).toHaveLength(1)

    await retype(caseId, 'basic', 'main', { ...typedRows.basic, address: '广州市天河区体育西路 1 号 303 房' })
    const all = await outcomePage()
    expect(all).toContain(toSend)
    expect(all).not.toContain(toDo)
    expect(all.match(/本页已修改<\/span>/g)).toHaveLength(2)
  })

  it('is not mended by an edit that leaves the picture asked for away', async () => {
    const { deps, actor, caseId, outcome, retype } = await returned(diploma)
    await retype(caseId, 'education', rowIds.education, { ...typedRows.education, school: '暨南大学' })
    expect(await outcome()).toMatchObject({ next: toDo, isMended: false, returned: [{ mended: false }] })
    await putPicture(deps, actor, {
      caseId,
      section: 'education',
      rowId: rowIds.education,
      slot: 'diploma',
    })
    expect(await outcome()).toMatchObject({ next: toSend, isMended: true, returned: [{ mended: true }] })
  })

  it('says nothing of sending while another page is not ready', async () => {
    const { caseId, deps, actor, outcome, retype } = await returned(address)
    await retype(caseId, 'basic', 'main', { ...typedRows.basic, address: '广州市天河区体育西路 1 号 303 房' })
    expect(await outcome()).toMatchObject({ next: toSend, isMended: true })
    await retype(caseId, 'scope', 'main', { scope: 'intermediate_candidate_phd' })
    expect(await outcome()).toMatchObject({ next: toDo, isMended: false, returned: [{ mended: true }] })
    expect(await ended(submitCase(deps, actor, { caseId, declared: true }))).toEqual([
      'refused',
      'section-incomplete',
      'section-incomplete',
    ])
  })

  it('of a change is told where the change stands', async () => {
    const { deps, actor, reviewer, places, retype } = await scene(open)
    const first = await filledCase(deps, actor, places.tianhe)
    await submitCase(deps, actor, { caseId: first, declared: true })
    await claimCase(deps, reviewer, { caseId: first })
    const verdicts = Object.fromEntries(collection.sections.map((section) => [section, 'pass']))
    await approveCase(deps, reviewer, {
      caseId: first,
      version: (await caseRow(deps, first)).version,
      opinions: { verdicts, findings: [] },
    })
    deps.clock.advance(1000)
    const caseId = await openDraft(deps, actor, 'change-education')
    await retype(caseId, 'education', rowIds.education, { ...typedRows.education, school: '暨南大学' })
    await submitCase(deps, actor, { caseId, declared: true })
    await claimCase(deps, reviewer, { caseId })
    await returnCase(deps, reviewer, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: { verdicts: { education: 'problem' }, findings: [school] },
    })
    const page = () =>
      shown(({ searchParams }) =>
        ChangePage({ searchParams, params: Promise.resolve({ page: 'education' }) }),
      )
    expect(await page()).toContain('教育经历变更被退回，请修改')
    await retype(caseId, 'education', rowIds.education, { ...typedRows.education, school: '华南理工大学' })
    const mended = await page()
    expect(mended).toContain('教育经历变更已按退回意见修改，还没有提交')
    expect(mended).not.toContain('教育经历变更被退回，请修改')
  })
})

describeEachEngine('a page of the wizard that nothing was chosen on yet', (open) => {
  it('asks for no proof of a qualification before its kind and way are chosen (QUA-2)', async () => {
    const { deps, actor, rowPage } = await scene(open)
    const caseId = await openDraft(deps, actor, 'collection')
    const later = '保存后，这里会列出这一条需要上传的证明材料。'
    const page = await rowPage('qualifications', 'fresh001')
    expect(page).toContain(later)
    expect(page).not.toContain('必须上传')

    const form = { case: caseId, section: 'qualifications', row: 'fresh001', intent: 'save' }
    const save = (values: Typed, rev: string) => posted(saveRow, { ...form, ...values, rev })
    const kept = await save({ kind: 'accounting', level: 'junior' }, '0')
    expect(kept).toContain('#errors')
    const echo = /echo=([^#]+)/.exec(kept)?.[1] ?? ''
    const refused = await rowPage('qualifications', 'fresh001', { echo })
    expect(refused).toContain('请选择取得方式')
    expect(refused).toContain(later)
    expect(refused).not.toContain('资格证明材料')

    const sound = { ...typedRows.qualifications, level: 'junior' }
    expect(await save(sound, '1')).toBe('303 /collection/qualifications?done=saved#main')
    expect(await rowPage('qualifications', 'fresh001')).toContain(
      '按现在填写的内容，这一条不需要上传证明材料。',
    )
    expect(await save({ ...sound, way: 'review' }, '2')).toContain('#errors')
    expect(await rowPage('qualifications', 'fresh001')).toContain('必须上传')
  })

  it('promises of no page that it may stay empty before the class is chosen (SCO-2)', async () => {
    const { deps, actor, places, desk, listPage } = await scene(open)
    const caseId = await openDraft(deps, actor, 'collection')
    await typeDepartment(deps, actor, caseId, places.tianhe)
    const optional = async () => (await desk()).steps.filter((one) => one.optional).map(({ step }) => step)
    expect(await optional()).toEqual([])
    expect(await listPage('employment')).not.toContain('没有可不填')
    const choose = (scope: string, rev: number) =>
      typeRow(deps, actor, { caseId, section: 'scope', rowId: 'main', rev }, { scope })
    await choose('accounting_staff', 0)
    expect(await optional()).toEqual(['qualifications'])
    await choose('junior_candidate', 1)
    expect(await optional()).toEqual(['employment', 'qualifications'])
    expect(await listPage('employment')).toContain('没有可不填')
    expect(listView(await desk(), 'employment', []).rows).toEqual([])
  })
})
