import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import ForwardPage from '#app/(reviewer)/review/[caseId]/forward/page.tsx'
import CasePage from '#app/(reviewer)/review/[caseId]/page.tsx'
import {
  assign,
  claim,
  decide,
  forward,
  next,
  passBatch,
  release,
  search,
} from '#app/(reviewer)/review/actions.ts'
import QueuePage from '#app/(reviewer)/review/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import { addNoteTemplate } from '#lib/commands/add-note-template.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { isHeldBack } from '#lib/domain/second-look.ts'
import { instantTime, instantWords } from '#lib/text/dates.ts'
import { submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ startSession: async () => undefined }))

const searchOf = (to: string) => Object.fromEntries(new URL(to.slice(4), 'http://x').searchParams)
const queueAt = (to: string) => shown(QueuePage, searchOf(to))

type OfCase = (props: {
  params: Promise<{ caseId: string }>
  searchParams: Promise<Record<string, string>>
}) => Promise<React.ReactNode>
const caseShown = async (page: OfCase, caseId: string, asked: Record<string, string> = {}) => {
  try {
    const props = { params: Promise.resolve({ caseId }), searchParams: Promise.resolve(asked) }
    return renderToStaticMarkup(await page(props))
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

describeEachEngine('the pages of the workplace', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const signIn = async (accountId: string) =>
    void jar.set('sid', { value: await openSession(deps, { accountId, address: '', agent: '' }) })
  const office = async () => {
    const places = await seedDepartments(deps)
    const applicant = await makeApplicant(deps, { name: '欧阳小明' })
    const { actor: reviewer } = await makeStaff(deps, {
      role: 'reviewer',
      departmentId: places.tianhe,
      name: '李审核',
    })
    const { actor: manager } = await makeStaff(deps, {
      role: 'manager',
      departmentId: places.tianhe,
      name: '韦管理',
    })
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    const row = async () => {
      const { serviceCase } = deps.store.t
      const [found] = await deps.store.read.select().from(serviceCase).where(eq(serviceCase.id, caseId))
      if (!found) throw new Error('no such case')
      return found
    }
    return { places, applicant, reviewer, manager, caseId, row, number: (await row()).number ?? '' }
  }

  it('find a person without naming them in an address', async () => {
    const { applicant, reviewer, number } = await office()
    await signIn(reviewer.id)
    for (const text of ['欧阳小明', applicant.number, applicant.phone]) {
      const to = await posted(search, { search: text })
      expect(to).toMatch(/^303 \/review\?echo=[\w-]{43}#main$/)
      const page = await queueAt(to)
      expect(page).toContain(number)
      expect(page).toContain('查找结果')
      expect(page).toContain(`value="${text}"`)
    }
    const nobody = await queueAt(await posted(search, { search: '没有这个人' }))
    expect(nobody).toContain('您的管理范围内没有此人的申请')
    expect(nobody).not.toContain(number)
    expect(await posted(search, { search: ` ${number.toLowerCase()} ` })).toBe(
      `303 /review?number=${number}#main`,
    )
    expect(await queueAt(await posted(search, { search: ' ' }))).toContain(
      '请填写要查找的受理编号、姓名、证件号码或手机号',
    )
    const { event } = deps.store.t
    const logged = await deps.store.read.select().from(event).where(eq(event.kind, 'case.searched'))
    // All of one moment: in no order.
    expect(logged.map(({ data }) => Number(data.found)).toSorted()).toEqual([0, 1, 1, 1])
  })

  it('lead to the next case, and say where none waits', async () => {
    const { reviewer, caseId } = await office()
    await signIn(reviewer.id)
    expect(await shown(QueuePage, {})).toContain('领取下一件')
    expect(await posted(next, { kind: '' })).toBe(`303 /review/${caseId}?done=claimed#main`)
    // The second of two clicks leads to the same one.
    expect(await posted(next, { kind: 'collection' })).toBe(`303 /review/${caseId}?done=claimed#main`)
    deps.clock.advance(11_000)
    const to = await posted(next, { kind: 'collection' })
    expect(to).toBe('303 /review?tab=free&kind=collection&done=none#main')
    expect(await queueAt(to)).toContain('没有等待领取的申请。')
    const after = await shown(QueuePage, { tab: 'mine', done: 'approved' })
    expect(after.match(/领取下一件/g)).toHaveLength(1)
    expect(after).toContain('已审核通过')
  })

  it('pass a case on, with its consequences said before', async () => {
    const { places, reviewer, caseId, row } = await office()
    await signIn(reviewer.id)
    expect(await caseShown(ForwardPage, caseId)).toContain('您还没有领取这份申请')
    expect(await caseShown(CasePage, caseId)).not.toContain(`/review/${caseId}/forward`)
    await claimCase(deps, reviewer, { caseId })
    expect(await caseShown(CasePage, caseId)).toContain(`/review/${caseId}/forward`)
    const page = await caseShown(ForwardPage, caseId)
    for (const said of ['申请人会收到消息', '工作单位在另一个地方', 'name="department.1"'])
      expect(page).toContain(said)
    const chosen = { 'department.1': places.guangdong, 'department.2': places.guangzhou }
    const sent = { case: caseId, version: String((await row()).version), ...chosen }
    const levels = await posted(forward, { ...sent, intent: 'levels' })
    expect(levels).toMatch(new RegExp(`^303 /review/${caseId}/forward\\?echo=[\\w-]{43}#department$`))
    expect(await caseShown(ForwardPage, caseId, searchOf(levels))).toContain('name="department.3"')
    const wrong = await posted(forward, { ...sent, intent: 'forward' })
    expect(await caseShown(ForwardPage, caseId, searchOf(wrong))).toContain('请选择转办原因')
    const right = { ...sent, 'department.3': places.yuexiu, reason: 'other-office', intent: 'forward' }
    const to = await posted(forward, right)
    expect(to).toBe('303 /review?tab=mine&done=forwarded#main')
    expect(await queueAt(to)).toContain('已转办')
    expect((await row()).sentTo).toBe(places.yuexiu)
    expect(await caseShown(ForwardPage, caseId)).toBe('404')
    expect(await caseShown(CasePage, caseId)).toBe('404')
    // Whoever has it from now on reads where it comes from, and why (REV-3).
    const { actor: there } = await makeStaff(deps, { role: 'reviewer', departmentId: places.yuexiu })
    await signIn(there.id)
    expect(await caseShown(CasePage, caseId)).toContain(
      '由广东省广州市天河区转到广东省广州市越秀区：同一地方由另一个部门管理',
    )
  })

  it('let a manager assign and release, and show nobody else the way', async () => {
    const { reviewer, manager, caseId, row } = await office()
    await signIn(reviewer.id)
    expect(await caseShown(CasePage, caseId)).not.toContain('指派给')
    await signIn(manager.id)
    const page = await caseShown(CasePage, caseId)
    expect(page).toContain('李审核')
    const version = String((await row()).version)
    deps.clock.advance(1)
    const nobody = await posted(assign, { case: caseId, version, reviewer: '' })
    expect(await caseShown(CasePage, caseId, searchOf(nobody))).toContain('请选择审核员；')
    expect(await posted(assign, { case: caseId, version, reviewer: reviewer.id })).toBe(
      `303 /review/${caseId}?done=assigned#main`,
    )
    const assigned = await caseShown(CasePage, caseId, { done: 'assigned' })
    expect(assigned).toContain('释放他人的领取')
    // REV-2: who and since when; it ends on another day, at the same time.
    const time = instantTime(deps.clock.now())
    const ends = instantWords(new Date(deps.clock.now().getTime() + 24 * 3_600_000))
    expect(assigned).toContain(`由 韦管理 于 ${time} 指派给 李审核，${ends} 到期。`)
    await signIn(reviewer.id)
    expect(await caseShown(CasePage, caseId)).toContain(`由 韦管理 于 ${time} 指派给您，${ends} 前有效`)
    expect(await shown(QueuePage, { tab: 'mine' })).toContain(`李审核 ${time} 领取`)
    // Half a day later it is another day.
    const days = instantWords(deps.clock.now())
    deps.clock.advance(15 * 3_600_000)
    await signIn(reviewer.id)
    expect(await shown(QueuePage, { tab: 'mine' })).toContain(`李审核 ${days} 领取`)
    await signIn(manager.id)
    const seen = String((await row()).version)
    expect(assigned.match(new RegExp(`name="version" value="${seen}"`, 'g'))?.length).toBeGreaterThan(1)
    expect(await posted(release, { case: caseId, version })).toMatch(`303 /review/${caseId}?echo=`)
    expect((await row()).state).toBe('in_review')
    expect(await posted(release, { case: caseId, version: seen })).toBe(
      '303 /review?tab=mine&done=released#main',
    )
    expect((await row()).state).toBe('waiting')
  })

  it('keep what was being typed while the case went into other hands, to be copied', async () => {
    const { reviewer, manager, places, caseId, row } = await office()
    const { actor: other } = await makeStaff(deps, {
      role: 'reviewer',
      departmentId: places.tianhe,
      name: '韦斌',
    })
    const template = { templateReason: 'answer-incomplete', templateText: '请补充完整后重新提交。' }
    await addNoteTemplate(deps, manager, { departmentId: places.tianhe, typed: template })
    const [phrase] = await deps.store.read.select().from(deps.store.t.noteTemplate)
    await claimCase(deps, reviewer, { caseId })
    const typed = async () => ({
      case: caseId,
      'verdict.employment': 'problem',
      'finding.employment.0.reason': '',
      'finding.employment.0.target': 'all/',
      'finding.employment.0.template': phrase?.id ?? '',
      version: String((await row()).version),
      decision: 'save',
      'verdict.basic': 'problem',
      'finding.basic.0.reason': 'portrait-unsuitable',
      'finding.basic.0.target': 'main/slot:portrait',
      'finding.basic.0.note': '第一行\r\n请换一张照片',
      'verdict.education': 'pass',
      refusal: '写到一半的理由',
    })
    const sent = await typed()
    await signIn(manager.id)
    const version = String((await row()).version)
    // Events of one millisecond have no order among themselves.
    deps.clock.advance(1)
    await posted(assign, { case: caseId, version, reviewer: other.id })
    await signIn(reviewer.id)
    const to = await posted(decide, sent)
    expect(to).toMatch(new RegExp(`^303 /review/${caseId}\\?echo=`))
    const page = await caseShown(CasePage, caseId, searchOf(to))
    expect(page).not.toContain('请先领取')
    const kept = /<section id="kept-opinions"[\s\S]*?<\/section>/.exec(page)?.[0] ?? ''
    expect(page).toMatch(
      /id="errors"[\s\S]*href="#kept-opinions"[^>]*>这份申请已由韦管理指派给韦斌，您填写的意见没有保存</,
    )
    for (const said of [
      '没有保存',
      '基本信息',
      '有问题',
      '证件照不符合要求',
      '证件照：',
      '第一行\n请换一张照片',
      '请补充完整后重新提交。',
      '教育经历',
      '通过',
      '写到一半的理由',
    ])
      expect(kept).toContain(said)
    expect(page).not.toContain('已经放回表中')
    // Whoever holds it sees nothing of it, with the same address.
    await signIn(other.id)
    expect(await caseShown(CasePage, caseId, searchOf(to))).not.toContain('请换一张照片')
    // In nobody's hands any more: 领取 brings it back into the form.
    await posted(release, { case: caseId, version: String((await row()).version) })
    await signIn(reviewer.id)
    const free = await caseShown(CasePage, caseId, searchOf(to))
    expect(free).not.toContain('kept-opinions')
    const echo = searchOf(to).echo ?? ''
    const mine = await posted(claim, { case: caseId, kept: echo })
    expect(await caseShown(CasePage, caseId, searchOf(mine))).toContain('请换一张照片</textarea>')
    // Claimed by a colleague after it ran out: said as what it is.
    await posted(release, { case: caseId, version: String((await row()).version) })
    deps.clock.advance(1)
    await claimCase(deps, other, { caseId })
    const taken = await caseShown(CasePage, caseId, searchOf(to))
    expect(taken).toContain('已由韦斌领取')
    expect(taken).toContain('请换一张照片')
  })

  it('pass what machines agree with together, and tell what became of each', async () => {
    const { reviewer, caseId, number, row, places } = await office()
    const { claimCheck } = deps.store.t
    await signIn(reviewer.id)
    const agreed = { tab: 'free', checks: 'agree' }
    expect(await shown(QueuePage, agreed)).toContain('没有机器核验全部一致的')
    await deps.store.tx((q) => q.update(claimCheck).set({ state: 'agrees' }))
    const page = await shown(QueuePage, agreed)
    expect(page).toMatch(new RegExp(`type="checkbox"[^>]*aria-label="选择 ${number}"`))
    expect(page).not.toContain('checked=""')
    const all = await posted(passBatch, {
      ...agreed,
      intent: 'pick',
      shown: `${caseId}.${(await row()).version}`,
    })
    expect((await queueAt(all)).match(/checked=""/g)).toHaveLength(1)
    expect(await shown(QueuePage, { tab: 'free' })).not.toContain('type="checkbox"')
    expect(await queueAt(await posted(passBatch, agreed))).toContain('请先勾选要通过的申请')
    // From what the page shows; one that says no version, or an old one, decides nothing.
    const seen = `${caseId}.${(await row()).version}`
    expect(page).toContain(`value="${seen}"`)
    expect(await queueAt(await posted(passBatch, { ...agreed, case: caseId }))).toContain('没有办理 1 件')
    expect((await row()).state).toBe('waiting')
    const to = await posted(passBatch, { ...agreed, case: seen })
    expect(to).toMatch(/^303 \/review\?tab=free&checks=agree&echo=/)
    const lot = deps.keys.digest('second-look', Buffer.from(`${caseId}/1`))
    const isHeld = isHeldBack(lot, deps.env.limits.secondLookPercent)
    const told = await queueAt(to)
    expect(told).toContain(isHeld ? '留待单独复核 1 件' : '已通过 1 件。')
    expect((await row()).state).toBe(isHeld ? 'waiting' : 'approved')
    const again = await queueAt(await posted(passBatch, { ...agreed, case: seen }))
    expect(again).toContain('没有办理 1 件')
    expect(again).toContain(`/review?number=${number}`)
    // What is none of the actor's business is not even named.
    const other = await makeApplicant(deps)
    const elsewhere = await submittedCase(deps, other.actor, places.yuexiu)
    expect(await queueAt(await posted(passBatch, { ...agreed, case: elsewhere }))).not.toContain('没有办理')
  })

  it('keep tab, kind and place of the queue, whatever is pressed there', async () => {
    const { reviewer, caseId, number, row } = await office()
    await deps.store.tx((q) => q.update(deps.store.t.claimCheck).set({ state: 'agrees' }))
    await signIn(reviewer.id)
    const place = { tab: 'free', kind: 'collection', checks: 'agree' }
    const after = `0..${caseId.replace(/^./, '0')}`
    const address = `/review?tab=free&kind=collection&checks=agree&after=${after}`
    const page = await shown(QueuePage, { ...place, after })
    // 查找 and 批量通过 both say where they stand.
    for (const [name, value] of Object.entries({ ...place, after }))
      expect(
        page.match(new RegExp(`type="hidden" name="${name}" value="${value}"`, 'g'))?.length,
      ).toBeGreaterThan(1)
    expect(page).toMatch(/<form[^>]*autoComplete="off"/i)
    const here = { ...place, after }
    const sent = { ...here, case: `${caseId}.${(await row()).version}` }
    for (const to of [
      await posted(passBatch, here),
      await posted(search, { ...here, search: ' ' }),
      await posted(search, { ...here, search: '没有这个人' }),
      await posted(passBatch, sent),
    ])
      expect(to.startsWith(`303 ${address}&echo=`)).toBe(true)
    expect(await posted(search, { ...here, search: number })).toBe(`303 ${address}&number=${number}#main`)
    expect(await shown(QueuePage, { ...here, number })).toContain(
      `href="${address.replaceAll('&', '&amp;')}"`,
    )
    // What is none of it leads nowhere else.
    const odd = { tab: 'x', kind: '//evil', checks: 'no', after: '/../x' }
    expect(await posted(search, { ...odd, search: number })).toBe(`303 /review?number=${number}#main`)
  })

  it('tick with 勾选本页全部 what stood there, and nothing that came since', async () => {
    const { reviewer, caseId, places } = await office()
    const agree = () => deps.store.tx((q) => q.update(deps.store.t.claimCheck).set({ state: 'agrees' }))
    await agree()
    await signIn(reviewer.id)
    const place = { tab: 'free', checks: 'agree' }
    const seen = (page: string) => /name="shown" value="([^"]*)"/.exec(page)?.[1] ?? ''
    const before = await shown(QueuePage, place)
    const picked = await posted(passBatch, { ...place, intent: 'pick', shown: seen(before) })
    expect(picked).toMatch(/^303 \/review\?tab=free&checks=agree&echo=[\w-]{43}#main$/)
    const marked = await queueAt(picked)
    expect(marked.match(/checked=""/g)).toHaveLength(1)
    expect(marked).toContain('取消勾选')
    // Another one comes: it is not ticked, by the same address.
    await submittedCase(deps, (await makeApplicant(deps)).actor, places.tianhe)
    await agree()
    const later = await queueAt(picked)
    expect(later.match(/type="checkbox"/g)).toHaveLength(2)
    expect(later.match(/checked=""/g)).toHaveLength(1)
    // One that changed since is another case.
    const { serviceCase } = deps.store.t
    await deps.store.tx((q) => q.update(serviceCase).set({ version: 99 }).where(eq(serviceCase.id, caseId)))
    expect(await queueAt(picked)).not.toContain('checked=""')
    // What was refused comes back ticked, and what was done leaves no ticks to go back to.
    const echo = searchOf(picked).echo ?? ''
    const done = await posted(passBatch, { ...place, filledFrom: echo, case: `${caseId}.1` })
    const told = await queueAt(done)
    expect(told).toContain('已通过 0 件')
    expect(told).not.toContain('border-good bg-good-soft')
    expect(told).toContain('border-warn bg-warn-soft')
    expect(told).not.toContain('checked=""')
    await deps.store.tx((q) => q.update(serviceCase).set({ version: 1 }).where(eq(serviceCase.id, caseId)))
    expect(await queueAt(picked)).not.toContain('checked=""')
  })
})
