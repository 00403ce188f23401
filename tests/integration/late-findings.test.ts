/** 一次性告知 (REV-4): what was there to be seen before is said to be late, before and after the return; and the preview. */
import { and, eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import MessagesPage from '#app/(account)/messages/page.tsx'
import { OutcomeStep } from '#app/(applicant)/collection/[step]/outcome-step.tsx'
import PicturesPage from '#app/(applicant)/identity/pictures/page.tsx'
import CasePage from '#app/(reviewer)/review/[caseId]/page.tsx'
import { decide } from '#app/(reviewer)/review/actions.ts'
import QueuePage from '#app/(reviewer)/review/page.tsx'
import { lateReturns } from '#db/queries/late-returns.ts'
import { messagesOf } from '#db/queries/messages.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { collection } from '#lib/cases/collection.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { openMessage } from '#lib/commands/read-messages.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Actor, Staff } from '#lib/domain/actor.ts'
import { paths } from '#lib/paths.ts'
import type { PostedFinding, PostedOpinions } from '#lib/schemas/findings.ts'
import { collectionDesk } from '#lib/views/collection.ts'
import { placeOfMessage } from '#lib/views/messages.ts'
import { ownData } from '#lib/views/own-data.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow } from '#tests/support/case-state.ts'
import {
  putPicture,
  rowIds,
  submittedCase,
  submittedIdentity,
  typedRows,
  typeRow,
} from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { planner } from '#tests/support/plans.ts'
import { outcomeOf as no } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const found = (place: string, reason = 'answer-incomplete', note = ''): PostedFinding => {
  const [section = '', rowId = '', target = ''] = place.split('/')
  return { at: `finding.${section}.0`, section, rowId, target, reason, note }
}
const saying = (...findings: PostedFinding[]): PostedOpinions => ({
  verdicts: Object.fromEntries(
    collection.sections.map((id) => [id, findings.some((one) => one.section === id) ? 'problem' : 'pass']),
  ),
  findings: findings.map((one, index) => ({ ...one, at: `finding.${one.section}.${index}` })),
})
const diploma = found(`education/${rowIds.education}/slot:diploma`, 'diploma-missing')
/** Was there in round 1, and nobody said it. */
const phone = found(`employment/${rowIds.employment}/employerPhone`)

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const at = async (role: 'manager' | 'reviewer', departmentId: string) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const applicant = await makeApplicant(deps, { name: '欧阳小明' })
  const reviewer = await at('reviewer', places.tianhe)
  const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
  const { read, t } = deps.store
  const held = async (actor: Staff = reviewer) => {
    deps.clock.advance(1000)
    await claimCase(deps, actor, { caseId })
    return { caseId, version: (await caseRow(deps, caseId)).version }
  }
  return {
    deps,
    places,
    at,
    applicant,
    reviewer,
    caseId,
    held,
    sendBack: async (opinions: PostedOpinions, actor: Staff = reviewer, lateKnown = false) =>
      returnCase(deps, actor, { ...(await held(actor)), opinions, lateKnown }),
    submit: async () => {
      deps.clock.advance(1000)
      await submitCase(deps, applicant.actor, { caseId, declared: true })
    },
    /** The diploma that round 1 asks for. */
    mend: () =>
      putPicture(deps, applicant.actor, {
        caseId,
        section: 'education',
        rowId: rowIds.education,
        slot: 'diploma',
      }),
    round: async (round: number) =>
      (
        await read
          .select()
          .from(t.caseRound)
          .where(and(eq(t.caseRound.caseId, caseId), eq(t.caseRound.round, round)))
      )[0],
    late: async (round: number) =>
      (
        await read
          .select({ late: t.finding.late })
          .from(t.finding)
          .where(and(eq(t.finding.caseId, caseId), eq(t.finding.round, round)))
      ).map(({ late }) => late),
    inboxOf: async ({ id }: Actor) =>
      (await messagesOf(read, t, id, { after: '', limit: 50 })).filter(({ kind }) => kind === 'late-return'),
  }
}

/** Returned once for the diploma, mended and sent again. */
async function secondRound(open: Open) {
  const scene = await office(open)
  await scene.sendBack(saying(diploma))
  await scene.mend()
  await scene.submit()
  return scene
}

describeEachEngine('一次性告知', (open) => {
  it('is told to the reviewer first, and with the return to the nearest managers, once and without names', async () => {
    const scene = await secondRound(open)
    const { deps, places, applicant, caseId } = scene
    const district = [await scene.at('manager', places.tianhe), await scene.at('manager', places.tianhe)]
    const city = await scene.at('manager', places.guangzhou)
    const neighbour = await scene.at('manager', places.yuexiu)
    const before = await caseRow(deps, caseId)
    expect(await no(scene.sendBack(saying(phone)))).toEqual(['refused', 'late-findings'])
    expect((await caseRow(deps, caseId)).state).toBe('in_review')
    expect(await scene.late(2)).toEqual([])
    await scene.sendBack(saying(phone), scene.reviewer, true)
    expect((await caseRow(deps, caseId)).state).toBe('returned')
    expect(await scene.late(2)).toEqual([true])
    expect((await scene.round(2))?.lateAt).toEqual(deps.clock.now())
    expect((await scene.round(1))?.lateAt).toBeNull()
    for (const manager of district) {
      const told = await scene.inboxOf(manager)
      expect(told).toHaveLength(1)
      expect(told[0]?.data).toEqual({
        kind: 'collection',
        number: before.number,
        department: '广东省广州市天河区',
        round: 2,
        since: 1,
        findings: 1,
      })
      expect(JSON.stringify(told)).not.toMatch(/欧阳|小明/)
      if (!told[0]) throw new Error('no message')
      expect(placeOfMessage(await openMessage(deps, manager, { messageId: told[0].id }))).toBe(
        paths.reviewCase(caseId),
      )
    }
    expect(await scene.inboxOf(city)).toEqual([])
    expect(await scene.inboxOf(neighbour)).toEqual([])
    // Its applicant reads what is to be mended, and nothing of this.
    const seen = JSON.stringify((await ownData(deps, applicant.actor)).data)
    expect(seen).toContain('单位电话')
    expect(seen).not.toMatch(/late|上一轮未指出|一次性告知/)
    // The next return says the same place again: that was said by now.
    await typeRow(
      deps,
      applicant.actor,
      { caseId, section: 'employment', rowId: rowIds.employment, rev: 1 },
      { ...typedRows.employment, employerPhone: '020-87654321' },
    )
    await scene.submit()
    await scene.sendBack(saying(phone))
    expect(await scene.late(3)).toEqual([false])
    for (const manager of district) expect(await scene.inboxOf(manager)).toHaveLength(1)
  })

  it('goes upward where a department has no manager at all, and stops nobody where none does', async () => {
    const scene = await secondRound(open)
    const { deps, places } = scene
    const { staffGrant, account } = deps.store.t
    const gone = await scene.at('manager', places.tianhe)
    const shut = await scene.at('manager', places.tianhe)
    const province = await scene.at('manager', places.guangdong)
    await deps.store.tx(async (q) => {
      await q.update(staffGrant).set({ until: deps.clock.now() }).where(eq(staffGrant.accountId, gone.id))
      await q.update(account).set({ status: 'suspended' }).where(eq(account.id, shut.id))
    })
    await scene.sendBack(saying(phone), scene.reviewer, true)
    expect(await scene.inboxOf(province)).toHaveLength(1)
    for (const nobody of [gone, shut]) expect(await scene.inboxOf(nobody)).toEqual([])

    const alone = await secondRound(open)
    await alone.sendBack(saying(phone), alone.reviewer, true)
    expect((await alone.round(2))?.lateAt).not.toBeNull()
  })

  it('is not of what changed, was not judged, or was said', async () => {
    const scene = await office(open)
    const { deps, applicant, caseId } = scene
    const { employment: _, ...verdicts } = saying(diploma).verdicts
    await scene.sendBack({ ...saying(diploma), verdicts })
    await scene.mend()
    await typeRow(
      deps,
      applicant.actor,
      { caseId, section: 'basic', rowId: 'main', rev: 1 },
      { ...typedRows.basic, address: '广州市天河区体育西路 2 号' },
    )
    await scene.submit()
    const fresh = [phone, found('basic/main/address'), diploma]
    await scene.sendBack(saying(...fresh))
    expect(await scene.late(2)).toEqual([false, false, false])
    expect((await scene.round(2))?.lateAt).toBeNull()
  })

  it('is not of what only registers had returned before', async () => {
    const scene = await secondRound(open)
    const { deps, caseId } = scene
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.caseRound)
        .set({ decidedBy: null })
        .where(and(eq(deps.store.t.caseRound.caseId, caseId), eq(deps.store.t.caseRound.round, 1))),
    )
    await scene.sendBack(saying(phone))
    expect(await scene.late(2)).toEqual([false])
  })

  it('is not for a department it was passed on to, nor after it came back', async () => {
    const scene = await secondRound(open)
    const { deps, places, caseId } = scene
    const chain = `${places.guangdong}/${places.guangzhou}`
    const pass = async (by: Staff, to: string) =>
      forwardCase(deps, by, {
        ...(await scene.held(by)),
        department: `${chain}/${to}`,
        reason: 'other-office',
      })
    const yuexiu = await scene.at('reviewer', places.yuexiu)
    await pass(scene.reviewer, places.yuexiu)
    await saveOpinions(deps, yuexiu, { ...(await scene.held(yuexiu)), opinions: saying(phone) })
    expect(await scene.late(2)).toEqual([false])
    await pass(yuexiu, places.tianhe)
    await saveOpinions(deps, scene.reviewer, { ...(await scene.held()), opinions: saying(phone) })
    expect(await scene.late(2)).toEqual([false])
    expect((await reviewCase(deps, scene.reviewer, caseId)).late.count).toBe(0)
  })

  it('can be listed by department and time, by an index', async () => {
    const scene = await secondRound(open)
    const { deps, places, caseId, reviewer } = scene
    await scene.sendBack(saying(phone), reviewer, true)
    const { read, t } = deps.store
    const at = deps.clock.now()
    const list = (departments: readonly string[], since: Date, limit = 10) =>
      lateReturns(read, t, departments, since, limit)
    expect(await list([places.yuexiu, places.tianhe], at)).toEqual([
      {
        caseId,
        round: 2,
        lateAt: at,
        decidedBy: reviewer.id,
        kind: 'collection',
        number: (await caseRow(deps, caseId)).number,
        departmentId: places.tianhe,
        department: '广东省广州市天河区',
      },
    ])
    expect(await list([places.tianhe], new Date(at.getTime() + 1))).toEqual([])
    expect(await list([places.yuexiu], at)).toEqual([])
    expect(await list([places.tianhe], at, 0)).toEqual([])
    const plans = await planner(open, deps.store)
    try {
      for (const departments of [[places.tianhe], Array.from({ length: 100 }, (_, n) => `d${n}`)]) {
        const plan = await plans.of(lateReturns(read, t, departments, at, 20).toSQL())
        expect(plan).toContain('case_round_late')
        expect(plan).not.toMatch(/TEMP B-TREE|"Sort|SCAN case_round|Seq Scan on case_round/)
      }
    } finally {
      await plans.end()
    }
  })
})

const searchOf = (to: string) => Object.fromEntries(new URL(to.slice(4), 'http://x').searchParams)
const listIn = (html: string, after: string) => {
  const rest = html.slice(html.indexOf(after))
  const begin = rest.search(/<ul class="(grid gap-3|list-disc pl-5)">/)
  return (
    rest
      .slice(begin, rest.indexOf('</ul>', begin))
      // The way to each place is the applicant's alone.
      .replaceAll(/<a [^>]*>.*?<\/a>/g, '')
  )
}

describeEachEngine('the screen of a return', (open) => {
  let scene: Awaited<ReturnType<typeof office>>
  let deps: TestDeps
  beforeEach(async () => {
    scene = await office(open)
    deps = scene.deps
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })
  const signIn = async ({ id }: Actor) =>
    void jar.set('sid', { value: await openSession(deps, { accountId: id, address: '', agent: '' }) })
  const reviewed = async (caseId: string, to = '303 /') =>
    renderToStaticMarkup(
      await CasePage({
        params: Promise.resolve({ caseId }),
        searchParams: Promise.resolve(searchOf(to)),
      }),
    )
  const outcome = async () => {
    const desk = await collectionDesk(deps, scene.applicant.actor)
    if (!desk) throw new Error('no desk')
    return renderToStaticMarkup(await OutcomeStep({ d: deps, desk, echo: null, done: '' }))
  }

  it('previews exactly what the applicant reads on 审核告知', async () => {
    const { caseId, reviewer, applicant } = scene
    const opinions = saying(
      found('basic/main/slot:portrait', 'portrait-unsuitable', '露出眉毛。\n背景用白色。'),
      found('basic/main/'),
      diploma,
      found(`education/${rowIds.education}/`, 'other', '请核对 <这一条>'),
      found(`employment/${rowIds.post}/work`),
      found('employment/all/slot:resume', 'resume-missing-or-unsigned', '缺公章'),
    )
    await saveOpinions(deps, reviewer, { ...(await scene.held()), opinions })
    await signIn(reviewer)
    const preview = listIn(await reviewed(caseId), '退回后，申请人将看到')
    await scene.sendBack(opinions)
    await signIn(applicant.actor)
    const read = listIn(await outcome(), 'id="returned"')
    expect(preview.match(/<li>/g)).toHaveLength(6)
    for (const said of [
      '教育经历 · 教育经历 1',
      '证件照：证件照不符合要求：露出眉毛。\n背景用白色。',
      '缺公章',
    ])
      expect(preview).toContain(said)
    expect(read).toBe(preview)
  })

  it('previews exactly what the applicant of a case of one page reads', async () => {
    const { places } = scene
    const { actor } = await makeApplicant(deps, { verified: false })
    const caseId = await submittedIdentity(deps, actor, places.guangzhou)
    const reviewer = await scene.at('reviewer', places.guangzhou)
    const held = async () => {
      await claimCase(deps, reviewer, { caseId })
      return { caseId, version: (await caseRow(deps, caseId)).version }
    }
    const one = found('identity/main/slot:face', 'identity-picture-unclear', '反光\n看不清')
    const opinions = { verdicts: { identity: 'problem' }, findings: [one] }
    await saveOpinions(deps, reviewer, { ...(await held()), opinions })
    await signIn(reviewer)
    const preview = listIn(await reviewed(caseId), '退回后，申请人将看到')
    await returnCase(deps, reviewer, { ...(await held()), opinions })
    await signIn(actor)
    const read = listIn(await shown(PicturesPage), '退回意见')
    expect(preview).toContain('：证件照片不清晰或缺一面：反光')
    expect(read).toBe(preview)
  })

  it('warns before a late return, shows what is late, and tells the applicant nothing of it', async () => {
    const { caseId, reviewer, places, applicant } = scene
    const manager = await scene.at('manager', places.tianhe)
    await scene.sendBack(saying(diploma))
    await scene.mend()
    await scene.submit()
    await signIn(reviewer)
    const { version } = await scene.held()
    const at = 'finding.employment.0'
    const form = {
      case: caseId,
      version: String(version),
      'verdict.employment': 'problem',
      [`${at}.reason`]: 'answer-incomplete',
      [`${at}.target`]: `${rowIds.employment}/employerPhone`,
      [`${at}.note`]: '请填写总机',
    }
    const fresh = await reviewed(caseId)
    expect(fresh).not.toContain('上一轮未指出')
    expect(fresh).not.toContain('name="late"')
    // Sent without a look at the preview: told once, and nothing typed is lost.
    const back = await posted(decide, { ...form, decision: 'return' })
    expect(back).toMatch(/echo=/)
    const warned = await reviewed(caseId, back)
    expect(warned).toContain('还没有退回：有 1 条意见所指的内容，第 1 次提交时已经可以看到')
    expect(warned).toContain('请填写总机')
    expect(warned).toContain('<input type="hidden" name="late" value="1"/>')
    // Saved: the preview says it, the finding and its row in the queue carry the badge.
    const saved = await posted(decide, { ...form, decision: 'save' })
    const page = await reviewed(caseId, saved)
    expect(page).toContain('第 1 次提交时已经可以看到，当时没有指出')
    expect(page).toContain('本次退回会告知部门管理员')
    expect(page).toMatch(/第 1 条意见 <span[^>]*>.*?上一轮未指出/)
    expect(page).toContain('<input type="hidden" name="late" value="1"/>')
    expect(listIn(page, '退回后，申请人将看到')).not.toContain('上一轮未指出')
    expect(await shown(QueuePage, { tab: 'mine' })).toContain('上一轮未指出')
    const now = String((await caseRow(deps, caseId)).version)
    expect(await posted(decide, { ...form, version: now, decision: 'return', late: '1' })).toBe(
      '303 /review?tab=mine&done=returned#main',
    )
    expect(await shown(QueuePage, { tab: 'returned' })).toContain('上一轮未指出')
    expect(await reviewed(caseId)).toContain('上一轮未指出')
    await signIn(manager)
    const inbox = await shown(MessagesPage)
    expect(inbox).toContain('一次性告知提醒')
    expect(inbox).toContain('有 1 处所指的内容在第 1 次提交时已经可以看到')
    expect(inbox).not.toContain('同时发送短信')
    await signIn(applicant.actor)
    for (const seen of [await outcome(), await shown(MessagesPage)]) expect(seen).not.toMatch(/上一轮|一次性/)
  })
})
