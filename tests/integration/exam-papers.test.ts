/** EXM-3 on paper and in lists: 报名信息表 of a paid registration, and 考试报名名单 for departments, on pages and in files. */
import { eq } from 'drizzle-orm'
import { beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { makeExamPaper } from '#app/(applicant)/exams/[sessionId]/form/actions.ts'
import ExamFormPage from '#app/(applicant)/exams/[sessionId]/form/page.tsx'
import { GET as pdfOf } from '#app/(applicant)/record/form/[code]/pdf/route.ts'
import ExamEntriesPage from '#app/(operator)/exam-entries/page.tsx'
import SessionEntriesPage from '#app/(operator)/exam-sessions/[sessionId]/entries/page.tsx'
import VerifiedPage from '#app/(public)/verify/[code]/page.tsx'
import { entryOfCase } from '#db/queries/exam-entries.ts'
import { entriesBeneath, entryStream } from '#db/queries/exam-lists.ts'
import { departments } from '#db/seed/departments.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { checkReceipt } from '#lib/commands/check-receipt.ts'
import { issueReceipt } from '#lib/commands/issue-receipt.ts'
import { registerForExam } from '#lib/commands/register-for-exam.ts'
import { enterPaid } from '#lib/commands/support/exam-paid.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { newId } from '#lib/ids.ts'
import { examEntryList } from '#lib/views/exam-entries.ts'
import { recordedAt } from '#tests/support/credits.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { candidate, openExam } from '#tests/support/exam-candidates.ts'
import { exported, wished } from '#tests/support/exports.ts'
import { jar, posted, shown } from '#tests/support/next-side.ts'
import { pdfText } from '#tests/support/pdf-text.ts'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { planner } from '#tests/support/plans.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const [guangdong, guangzhou, tianhe, yuexiu, hunan] = [
  '440000',
  '440100',
  '440106',
  '440104',
  '430000',
] as const
const subjects = ['senior_practice']
const address = '198.51.100.9'

describeEachEngine('registrations on paper and in lists', (open) => {
  let deps: TestDeps
  beforeAll(async () => {
    deps = testDeps(await open())
    await seedDepartments(deps)
    const seed = departments().find(({ id }) => id === hunan)
    if (!seed) throw new Error('no such province')
    const { own: _own, ...node } = seed
    await deps.store.tx((q) =>
      q.insert(deps.store.t.department).values({ ...node, path: hunan, createdAt: deps.clock.now() }),
    )
  })
  beforeEach(() => {
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
  })

  const enter = async (accountId: string) =>
    void jar.set('sid', {
      value: await openSession(deps, { accountId, address: '192.0.2.7', agent: 'Chrome/1 Windows' }),
    })
  const register = async (actor: Applicant, exam: { sessionId: string; siteId: string }) =>
    (await registerForExam(deps, actor, { ...exam, subjects, declared: true })).caseId
  const paid = (caseId: string) => deps.store.tx((q) => enterPaid(deps, q, caseId))
  const formPage = (sessionId: string) =>
    shown((props) => ExamFormPage({ ...props, params: Promise.resolve({ sessionId }) }))
  const verified = (code: string) => shown(() => VerifiedPage({ params: Promise.resolve({ code }) }))
  const stateOf = async (code: string) => (await checkReceipt(deps, { typed: code, address }))?.state ?? null
  const codeIn = (page: string) => /\/record\/form\/(\w{16})\/pdf/.exec(page)?.[1] ?? ''

  it('print a registration once it is paid, as it was frozen, with its photo and a code that says what it must', async () => {
    const person = await recordedAt(deps, tianhe)
    const { storedFile, account, examEntry } = deps.store.t
    const picture = await jpegOfBytes(413, 579, 30_000)
    for (const { storageKey } of await deps.store.read.select().from(storedFile))
      await deps.files.put(storageKey, picture)
    const exam = await openExam(deps)
    const form = { session: exam.sessionId }
    await enter(person.actor.id)
    expect(await formPage(exam.sessionId)).toBe('404')
    expect(await posted(makeExamPaper, form)).toBe('404')
    const caseId = await register(person.actor, exam)
    expect(await formPage(exam.sessionId)).toContain('还不能打印报名信息表')
    expect(await posted(makeExamPaper, form)).toMatch(/#errors$/)
    expect(await outcomeOf(issueReceipt(deps, person.actor, { kind: 'exam', about: caseId }))).toEqual([
      'refused',
      'receipt-nothing',
    ])

    const number = (await paid(caseId)) ?? ''
    expect(await formPage(exam.sessionId)).toContain('生成报名信息表')
    const to = await posted(makeExamPaper, form)
    expect(to).toBe(`303 /exams/${exam.sessionId}/form?done=made#main`)
    const page = await formPage(exam.sessionId)
    const code = codeIn(page)
    const texts = [
      ...['考试报名信息表', '报名成功', number, person.name, person.number, '中山大学', '第一考点'],
      ...[`${exam.year} 年度高级会计专业技术资格考试`, '高级会计实务', '56.00 元'],
    ]
    for (const there of [...texts, '证件照', '二维码']) expect(page).toContain(there)
    expect(page).not.toContain('符合报考条件')
    const response = await pdfOf(new Request('http://localhost/'), { params: Promise.resolve({ code }) })
    expect(decodeURIComponent(response.headers.get('content-disposition') ?? '')).toContain(
      '考试报名信息表.pdf',
    )
    const file = Buffer.from(await response.arrayBuffer())
    expect(file.includes('/DCTDecode')).toBe(true)
    const printed = pdfText(file).pages.join('').replaceAll(/\s/g, '')
    for (const there of texts) expect(printed).toContain(there.replaceAll(/\s/g, ''))

    // Made again it is the same, and the record changing is nothing to a registration that is frozen.
    expect(await issueReceipt(deps, person.actor, { kind: 'exam', about: caseId })).toBe(code)
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.education)
        .set({ school: '暨南大学' })
        .where(eq(deps.store.t.education.personId, person.actor.id)),
    )
    expect(await stateOf(code)).toBe('same')
    const answer = await verified(code)
    for (const there of ['报名有效', '张*', `${exam.year} 年度高级`, '广东省广州市天河区'])
      expect(answer).toContain(there)
    for (const hidden of [person.name, person.number, person.phone, number, '第一考点', '中山大学'])
      expect(answer).not.toContain(hidden)

    // Another registration of theirs is another paper.
    const other = await openExam(deps, { fee: 0 })
    const second = await issueReceipt(deps, person.actor, {
      kind: 'exam',
      about: await register(person.actor, other),
    })
    expect(second).not.toBe(code)
    expect((await checkReceipt(deps, { typed: second, address }))?.subject).toContain(`${other.year} 年度`)
    expect(codeIn(await formPage(exam.sessionId))).toBe(code)
    expect(codeIn(await formPage(other.sessionId))).toBe(second)

    // Of nobody else.
    const stranger = await makeApplicant(deps)
    expect(await outcomeOf(issueReceipt(deps, stranger.actor, { kind: 'exam', about: caseId }))).toEqual([
      'refused',
      'receipt-nothing',
    ])
    for (const id of [
      stranger.actor.id,
      (await makeStaff(deps, { role: 'operator', departmentId: null })).actor.id,
    ]) {
      await enter(id)
      expect(await formPage(exam.sessionId)).toBe('404')
    }
    jar.clear()
    expect(await formPage(exam.sessionId)).toMatch(/^303 \/login/)

    await deps.store.tx((q) =>
      q.update(examEntry).set({ state: 'closed', holdKey: null }).where(eq(examEntry.caseId, caseId)),
    )
    expect(await stateOf(code)).toBe('void')
    expect(await verified(code)).toContain('不是“报名成功”')
    await deps.store.tx((q) =>
      q.update(account).set({ status: 'closed' }).where(eq(account.id, person.actor.id)),
    )
    expect(await stateOf(second)).toBe('ended')
  })

  /** Registrations of one exam: many of 天河, one of 越秀, one whose record went to 湖南. */
  async function listed() {
    const exam = await openExam(deps, { capacity: 40 })
    const free = []
    for (let n = 0; n < 22; n += 1) {
      const { actor } = await candidate(deps, tianhe, { name: `赵${n}` })
      free.push({ actor, caseId: await register(actor, exam) })
      deps.clock.advance(1)
    }
    const beside = await candidate(deps, yuexiu, { name: '钱越秀' })
    await register(beside.actor, exam)
    const gone = await candidate(deps, tianhe, { name: '孙调转' })
    await register(gone.actor, exam)
    const { person } = deps.store.t
    await deps.store.tx((q) =>
      q.update(person).set({ departmentId: hunan }).where(eq(person.id, gone.actor.id)),
    )
    for (const { caseId } of free.slice(0, 3)) await paid(caseId)
    return { ...exam, people: free }
  }
  const staff = async (role: 'manager' | 'viewer' | 'reviewer', departmentId: string) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const nothing = { department: '', state: '', site: '', after: '' }
  const listOf = (actor: Staff, sessionId: string, asked: Partial<typeof nothing> = {}) =>
    examEntryList(deps, actor, sessionId, { ...nothing, ...asked })

  it('list them for a province and for the departments beneath it, page by page, masked, and to nobody else', async () => {
    const exam = await listed()
    const province = await staff('manager', guangdong)
    const whole = await listOf(province, exam.sessionId)
    const counted = (of: typeof whole.of) =>
      Object.fromEntries(
        (of?.counts ?? []).filter(({ people }) => people > 0).map((one) => [one.state, one.people]),
      )
    expect(counted(whole.of)).toEqual({ paid: 3, 'awaiting-payment': 21 })
    expect(whole.of?.sites).toMatchObject([{ name: '第一考点', taken: 24, capacity: 40 }])
    expect(whole.of?.rows).toHaveLength(20)
    const rest = await listOf(province, exam.sessionId, { after: whole.of?.next ?? '' })
    const all = [...(whole.of?.rows ?? []), ...(rest.of?.rows ?? [])]
    expect([all.length, new Set(all.map(({ id }) => id)).size, rest.of?.next]).toEqual([24, 24, null])
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted())
    // Where somebody went is nobody's business in the province they left.
    expect(all.find(({ name }) => name.startsWith('孙'))?.department).toBe('')
    const narrow = await listOf(province, exam.sessionId, { state: 'paid', site: exam.siteId })
    expect(narrow.of?.rows.map(({ number }) => /^\d{14}$/.test(number))).toEqual([true, true, true])

    const district = await staff('viewer', yuexiu)
    const few = await listOf(district, exam.sessionId)
    expect(few.of).toMatchObject({
      name: '广东省广州市越秀区',
      isProvince: false,
      sites: [{ taken: 1, capacity: 40 }],
    })
    expect(few.of?.rows.map(({ name }) => name)).toEqual(['钱**'])
    const city = await staff('manager', guangzhou)
    const there = await listOf(city, exam.sessionId)
    expect(counted(there.of)).toEqual({ paid: 3, 'awaiting-payment': 20 })
    const nextOfCity = await listOf(city, exam.sessionId, { after: there.of?.next ?? '', state: 'nonsense' })
    expect(nextOfCity.of?.rows).toHaveLength(3)
    expect((await listOf(city, exam.sessionId, { department: tianhe })).of?.above).toBe(guangzhou)
    const operator = (await makeStaff(deps, { role: 'operator', departmentId: null })).actor
    const country = await listOf(operator, exam.sessionId)
    expect(country.provinces).toMatchObject([{ id: guangdong, taken: 24, capacity: 40 }])

    const elsewhere = await staff('manager', hunan)
    // Page 500 of a province costs what page 1 does, and a department reads its own people alone.
    const plans = await planner(open, deps.store)
    const place = { sessionId: exam.sessionId, provinceId: guangdong, departments: null }
    const { read, t } = deps.store
    try {
      const wish = { after: whole.of?.next ?? '', limit: 21 }
      const stream = await plans.of(entryStream(read, t, place, 'paid', wish).toSQL())
      expect(stream).toMatch(/exam_entry_department/)
      expect(stream).not.toMatch(/SCAN exam_entry|Seq Scan|TEMP B-TREE|Sort/)
      const beneath = { ...place, departments: [tianhe, yuexiu] }
      expect(await plans.of(entriesBeneath(read, t, beneath, wish).toSQL())).not.toMatch(
        /SCAN (exam_entry|person)\b|Seq Scan/,
      )
    } finally {
      await plans.end()
    }
    const draft = await openExam(deps, { published: false })
    const reviewer = await staff('reviewer', guangdong)
    const hidden = [
      () => listOf(reviewer, exam.sessionId),
      () => listOf(elsewhere, exam.sessionId, { department: guangdong }),
      () => listOf(district, exam.sessionId, { department: tianhe }),
      () => listOf(province, newId(deps.clock.now())),
      () => listOf(province, draft.sessionId),
    ]
    for (const ask of hidden) expect(await outcomeOf(ask())).toEqual(['not-found'])
    expect((await listOf(elsewhere, exam.sessionId)).of?.rows).toEqual([])

    const page = (search: Record<string, string> = {}) =>
      shown(
        (props) => SessionEntriesPage({ ...props, params: Promise.resolve({ sessionId: exam.sessionId }) }),
        search,
      )
    await enter(province.id)
    const html = await page({ state: 'paid' })
    for (const word of ['按报名状态', '按报考点', '第一考点', '报名序号', '广东省广州市天河区', '赵*'])
      expect(html).toContain(word)
    expect(html).not.toContain('钱**')
    expect(await shown(ExamEntriesPage)).toContain(`/exam-sessions/${exam.sessionId}/entries`)
    await enter(operator.id)
    expect(await page()).toContain('各地区的报名')
    await enter((await makeApplicant(deps)).actor.id)
    expect([await page(), await shown(ExamEntriesPage)]).toEqual(['404', '404'])

    // The same lists as files: masked, or whole for who manages there, each look of it logged.
    const ask = (path: readonly string[], more: Record<string, string> = {}) =>
      wished('entries', path, { level: 'senior', year: String(exam.year), ...more })
    const masked = await exported(deps, district, ask([guangdong, guangzhou, yuexiu]))
    expect(masked.rows).toHaveLength(2)
    expect(masked.rows[1]?.slice(0, 2)).toEqual(['广东省广州市越秀区', '钱**'])
    expect(masked.rows[1]).toContain('待缴费')
    expect(masked.rows.join()).not.toContain(beforeMask)
    const full = { full: '1', purpose: '核对考场名单' }
    const file = await exported(deps, province, ask([guangdong], full))
    expect(file.rows).toHaveLength(25)
    expect(file.rows.join()).toContain(beforeMask)
    const { accessLog } = deps.store.t
    const looks = await deps.store.read.select().from(accessLog).where(eq(accessLog.actorId, province.id))
    expect(looks.filter(({ what }) => what === 'full-number')).toHaveLength(24)
    expect(await outcomeOf(exported(deps, district, ask([guangdong, guangzhou, yuexiu], full)))).toEqual([
      'refused',
      'export-full-beyond-you',
    ])
    expect(await outcomeOf(exported(deps, district, ask([guangdong, guangzhou, tianhe])))).toEqual([
      'not-found',
    ])
    expect(await outcomeOf(exported(deps, elsewhere, ask([hunan])))).toEqual(['refused', 'export-empty'])
    expect(await outcomeOf(exported(deps, province, { ...ask([guangdong]), year: '2019' }))).toEqual([
      'refused',
      'export-empty',
    ])
    expect((await entryOfCase(deps.store.read, deps.store.t, exam.people[0]?.caseId ?? ''))?.state).toBe(
      'paid',
    )
  })
})

/** A whole name. */
const beforeMask = '钱越秀'
