/** The pages of 奖惩 (AWD-1), as a browser without script sees them. */
import { beforeEach, expect, it, vi } from 'vitest'
import { object } from '#app/(applicant)/conduct/actions.ts'
import AwardPage from '#app/(applicant)/conduct/award/page.tsx'
import ObjectionPage from '#app/(applicant)/conduct/objection/page.tsx'
import ConductPage from '#app/(applicant)/conduct/page.tsx'
import AwardsPage from '#app/(public)/awards/page.tsx'
import { penalty, publish } from '#app/(reviewer)/conduct/actions.ts'
import EntriesPage from '#app/(reviewer)/conduct/entries/page.tsx'
import PenaltyPage from '#app/(reviewer)/conduct/penalties/new/page.tsx'
import ReviewPage from '#app/(reviewer)/review/[caseId]/page.tsx'
import { cancelEntry, decide } from '#app/(reviewer)/review/actions.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { addNoteTemplate } from '#lib/commands/add-note-template.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Role } from '#lib/domain/actor.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledApplication } from '#tests/support/cases.ts'
import { sendBack } from '#tests/support/claims.ts'
import { enteredPenalty, entryOf, passBy, sentObjection, typedPenalty } from '#tests/support/conduct.ts'
import { makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { onRecord } from '#tests/support/exports.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ startSession: async () => undefined }))

const searchIn = (answer: string) => Object.fromEntries(new URL(answer.slice(4), 'http://a').searchParams)

describeEachEngine('the pages of 奖惩', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
    return () => deps.store.close()
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const staff = async (role: Role, departmentId: string | null = '440106') =>
    (await makeStaff(deps, { role, departmentId })).actor
  const reviewed = (caseId: string) =>
    shown((props) => ReviewPage({ ...props, params: Promise.resolve({ caseId }) }))

  it('enter a penalty step by step, and lose nothing on the way', async () => {
    const person = await onRecord(deps, '440106', { name: '欧阳小明' })
    const [one, two] = [await staff('reviewer'), await staff('reviewer')]
    await signIn(one.id)
    expect(await shown(PenaltyPage)).toContain('查找当事人')
    const sought = { number: person.number, name: '欧阳小红' }
    const step = async (intent: string, values: Record<string, string>) => {
      const answer = await posted(penalty, { ...values, intent })
      // SEC-4: an address says nothing of whom it is about.
      expect(answer).toMatch(/^303 \/conduct\/penalties\/new\?echo=[\w-]{43}#/)
      return shown(PenaltyPage, searchIn(answer))
    }
    const nobody = await step('find', { ...sought, basis: '先写下的依据' })
    expect(nobody).toContain('没有找到')
    expect(nobody).toContain('value="欧阳小红"')
    expect(nobody).toContain('value="先写下的依据"')
    const known = { ...sought, name: person.name }
    const form = await step('find', { ...known, basis: '先写下的依据' })
    expect(form).toContain('先写下的依据')
    for (const word of ['欧阳小明', '处罚种类', '决定书文号', '下一步：核对']) expect(form).toContain(word)
    const refused = await step('check', { ...known, ...typedPenalty, documentNo: '', step: 'fill' })
    expect(refused).toContain('href="#documentNo"')
    expect(refused).toContain(typedPenalty.basis)
    const late = await step('check', { ...known, ...typedPenalty, decidedOn: '2026-11-02', step: 'fill' })
    expect(late).toContain('现在已经逾期')
    const confirm = await step('check', { ...known, ...typedPenalty, step: 'fill' })
    for (const word of ['应当在 2026年12月2日 以前登记', '天财会罚〔2026〕3号', '提交登记', '返回修改'])
      expect(confirm).toContain(word)
    expect(await step('back', { ...known, ...typedPenalty, step: 'confirm' })).toContain(typedPenalty.basis)
    const done = await posted(penalty, { ...known, ...typedPenalty, step: 'confirm', intent: 'enter' })
    expect(done).toMatch(/^303 \/conduct\/entries\?entered=F\d{16}#main$/)
    expect(await shown(EntriesPage, searchIn(done))).toContain('已登记，受理编号 F')

    const caseId = (await deps.store.read.select().from(deps.store.t.serviceCase))[0]?.id ?? ''
    const own = await reviewed(caseId)
    expect(own).toContain('确定撤销登记')
    expect(own).toContain('这一步需要由另一名工作人员办理')
    await signIn(two.id)
    await claimCase(deps, two, { caseId })
    const judging = await reviewed(caseId)
    expect(judging).not.toContain('value="return"')
    expect(judging).not.toContain('确定撤销登记')
    expect(judging).toContain('value="refuse"')
    expect(judging).toContain('内容由另一名工作人员登记，不能退回修改')
    await signIn(one.id)
    const refusal = await posted(cancelEntry, { case: caseId })
    expect(refusal).toMatch(/^303 \/review\/[\w-]+\?echo=/)
    for (const role of ['viewer', 'auditor'] as const) {
      await signIn((await staff(role)).id)
      expect(await shown(PenaltyPage)).toBe('404')
      expect(await shown(EntriesPage)).toBe('404')
      expect(await posted(penalty, { ...known, ...typedPenalty, intent: 'enter' })).toBe('404')
    }
    await signIn(person.actor.id)
    expect(await shown(PenaltyPage)).toBe('404')
    expect(await shown(ConductPage)).toContain('没有登记的奖惩信息')
  })

  it('ask of a penalty under review nothing in its person’s name, and say where 不予通过 needs its reason', async () => {
    const person = await onRecord(deps, '440106', { name: '欧阳小明' })
    const [one, two, manager] = [await staff('reviewer'), await staff('reviewer'), await staff('manager')]
    const template = { templateReason: 'answer-incomplete', templateText: '请补充完整后重新提交。' }
    await addNoteTemplate(deps, manager, { departmentId: '440106', typed: template })
    const judge = async (caseId: string) => {
      deps.clock.advance(1000)
      await claimCase(deps, two, { caseId })
      const { version } = await caseRow(deps, caseId)
      return { case: caseId, version: String(version), decision: 'refuse' }
    }
    const again = async (caseId: string, answer: string) =>
      shown(
        (props) => ReviewPage({ ...props, params: Promise.resolve({ caseId }) }),
        searchIn(answer.slice(0, answer.indexOf('#'))),
      )
    await signIn(two.id)

    const penaltyCase = await enteredPenalty(deps, one, person)
    const form = await judge(penaltyCase)
    const page = await reviewed(penaltyCase)
    expect(page).toContain('说明（300 字以内）')
    expect(page).toContain('不予通过时必须填写')
    for (const word of ['申请人可见', '请补充完整', '常用语', '退回原因', '（选填）'])
      expect(page, word).not.toContain(word)
    const noted = { 'finding.penalty.0.reason': 'other', 'finding.penalty.0.target': 'main/basis' }
    const unsaid = await again(penaltyCase, await posted(decide, form))
    expect(unsaid).toContain('请填写不予通过的理由')
    const unnoted = await again(penaltyCase, await posted(decide, { ...form, ...noted, refusal: '依据不对' }))
    expect(unnoted).toContain('请填写说明')
    const unreasoned = { ...form, ...noted, 'finding.penalty.0.reason': '', 'finding.penalty.0.note': '不对' }
    const unchosen = await again(penaltyCase, await posted(decide, { ...unreasoned, refusal: '依据不对' }))
    expect(unchosen).toContain('请选择原因')
    for (const said of [unsaid, unnoted, unchosen]) {
      expect(said).not.toContain('申请人')
      expect(said).not.toContain('退回原因')
    }
    expect(unnoted).toContain('>依据不对</textarea>')

    const award = await filledApplication(deps, person.actor, 'award')
    await submitCase(deps, person.actor, { caseId: award, declared: true })
    await judge(award)
    const filed = await reviewed(award)
    for (const word of [
      '说明（申请人可见，300 字以内）',
      '请补充完整后重新提交',
      '退回原因',
      '不予通过时必须填写',
    ])
      expect(filed).toContain(word)
  })

  it('keep the lines of a long text wherever it is shown', async () => {
    const person = await onRecord(deps, '440106', { name: '欧阳小明' })
    const [one, two, three] = [await staff('reviewer'), await staff('reviewer'), await staff('reviewer')]
    const known = { number: person.number, name: person.name }
    const typed = { ...known, ...typedPenalty, basis: '伪造会计凭证\r\n违反会计法第四十条' }
    const lines = /whitespace-pre-line[^>]*>伪造会计凭证\n违反会计法第四十条</
    await signIn(one.id)
    const check = await posted(penalty, { ...typed, step: 'fill', intent: 'check' })
    expect(await shown(PenaltyPage, searchIn(check))).toMatch(lines)
    const done = await posted(penalty, { ...typed, step: 'confirm', intent: 'enter' })
    expect(done).toContain('?entered=F')
    const caseId = (await deps.store.read.select().from(deps.store.t.serviceCase))[0]?.id ?? ''
    await signIn(two.id)
    expect(await reviewed(caseId)).toMatch(lines)
    await passBy(deps, two, caseId)
    await signIn(person.actor.id)
    expect(await shown(ConductPage)).toMatch(lines)

    const objection = await openDraft(deps, person.actor, 'objection', (await entryOf(deps, caseId)).id)
    const story = (rev: number, text: string) =>
      saveEntry(deps, person.actor, {
        caseId: objection,
        section: 'objection',
        rowId: 'main',
        rev,
        form: { get: () => text },
      })
    expect((await story(0, '决定书写的是另一个单位。\r\n本人当时不在该单位任职。')).issues).toEqual([])
    await submitCase(deps, person.actor, { caseId: objection, declared: true })
    await sendBack(deps, three, objection, 'story')
    await story(1, '决定书写的是另一个单位。\r\n本人从未在该单位任职。')
    await submitCase(deps, person.actor, { caseId: objection, declared: true })
    await signIn(three.id)
    const again = await reviewed(objection)
    expect(again).toMatch(lines)
    expect(again).toMatch(/<del[^>]*whitespace-pre-line[^>]*>.*单位。\n本人当时不在/)
    expect(again).toMatch(/<ins[^>]*whitespace-pre-line[^>]*>决定书写的是另一个单位。\n本人从未在/)
  })

  it('show what stands, lead to a 异议 and back, and publish an award', async () => {
    const person = await onRecord(deps, '440106', { name: '欧阳小明' })
    const [one, two, manager] = [await staff('reviewer'), await staff('reviewer'), await staff('manager')]
    await signIn(person.actor.id)
    expect(await shown(AwardPage)).toContain('申报奖励')
    expect(await shown(ObjectionPage)).toBe('303 /conduct')
    const award = await filledApplication(deps, person.actor, 'award')
    expect(await shown(AwardPage)).toContain('全省先进会计工作者')
    await submitCase(deps, person.actor, { caseId: award, declared: true })
    await passBy(deps, one, award)
    const ban = await enteredPenalty(deps, one, person, { penalty: 'ban_5y' })
    await passBy(deps, two, ban)
    const page = await shown(ConductPage)
    for (const word of ['全省先进会计工作者', '至 2031年11月18日 止', '提出异议', '奖励申报', '审核通过'])
      expect(page).toContain(word)
    expect(page).not.toContain('style=')

    const entry = await entryOf(deps, ban)
    expect(await posted(object, { entry: 'x' })).toBe('404')
    expect(await posted(object, { entry: entry.id })).toBe('303 /conduct/objection#main')
    const form = await shown(ObjectionPage)
    for (const word of ['提出异议的内容', '五年内不得从事会计工作', '异议理由']) expect(form).toContain(word)
    expect(await shown(ConductPage)).toContain('继续填写异议')
    const again = await posted(object, { entry: (await entryOf(deps, award)).id })
    expect(await shown(ConductPage, searchIn(again))).toContain('您有一件还没有办结的异议')
    const objection = await sentObjection(deps, person.actor, entry.id)
    const sent = await shown(ConductPage)
    expect(sent).toContain('查看异议')
    expect(sent).not.toContain('继续填写异议')
    await signIn(manager.id)
    const judged = await reviewed(objection)
    expect(judged).toContain('提出异议的内容')
    expect(judged).toContain('天财会罚〔2026〕3号')

    const { id } = await entryOf(deps, award)
    expect(await posted(publish, { entry: id, become: 'published' })).toBe(
      '303 /conduct/entries?done=published#main',
    )
    expect(await shown(EntriesPage)).toContain('取消公开')
    await signIn(one.id)
    expect(await shown(EntriesPage)).not.toContain('取消公开')
    jar.delete('sid')
    const everybody = await shown(AwardsPage)
    expect(everybody).toContain('欧阳小明')
    expect(everybody).not.toContain('五年内')
    expect(await shown(AwardsPage, { department: '440104' })).toContain('没有公开的奖励')
    expect(await shown(ConductPage)).toBe('303 /login')
  })
})
