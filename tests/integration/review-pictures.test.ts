import { and, eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import CasePage from '#app/(reviewer)/review/[caseId]/page.tsx'
import FramePage from '#app/(reviewer)/review/[caseId]/pictures/frame/page.tsx'
import PicturesPage from '#app/(reviewer)/review/[caseId]/pictures/page.tsx'
import { openSnapshot, roundContext } from '#db/queries/cases.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { pictureFor } from '#lib/views/file.ts'
import { casePictures } from '#lib/views/review-pictures.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { putPicture, submittedCase, submittedIdentity } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ startSession: async () => undefined }))

type OfCase = (props: {
  params: Promise<{ caseId: string }>
  searchParams: Promise<Record<string, string>>
}) => Promise<React.ReactNode>
const shown = async (page: OfCase, caseId: string, asked: Record<string, string> = {}) => {
  try {
    const props = { params: Promise.resolve({ caseId }), searchParams: Promise.resolve(asked) }
    return renderToStaticMarkup(await page(props))
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}
/** Addresses of pictures a browser would ask for. */
const asksFor = (html: string) => [...html.matchAll(/<img src="\/files\/([^"]+)"/g)].map(([, id]) => id)
const hrefOf = (html: string, word: string) => new RegExp(`href="([^"]+)"[^>]*>${word}<`).exec(html)?.[1]

describeEachEngine('the pictures of a case', (open) => {
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
    const wish = { role: 'reviewer', departmentId: places.tianhe } as const
    const { actor: reviewer } = await makeStaff(deps, wish)
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    const looks = async () => (await deps.store.read.select().from(deps.store.t.accessLog)).length
    return { places, applicant, reviewer, caseId, looks }
  }
  type Office = Awaited<ReturnType<typeof office>>
  const sentBack = async ({ reviewer, caseId }: Office) => {
    await claimCase(deps, reviewer, { caseId })
    const finding = { at: 'finding.basic.0', section: 'basic', rowId: 'main', target: 'slot:portrait' }
    await returnCase(deps, reviewer, {
      caseId,
      version: (await caseRow(deps, caseId)).version,
      opinions: {
        verdicts: {
          ...Object.fromEntries(
            ['scope', 'department', 'education', 'employment', 'qualifications'].map((id) => [id, 'pass']),
          ),
          basic: 'problem',
        },
        findings: [{ ...finding, reason: 'other', note: '请换一张证件照' }],
      },
    })
  }
  /** The portrait exchanged for another, and sent again. */
  const mended = async (scene: Office) => {
    await sentBack(scene)
    const { actor } = scene.applicant
    const { caseId } = scene
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'portrait' })
    await submitCase(deps, actor, { caseId, declared: true })
  }

  it('are not there for anybody to whom the case is not', async () => {
    const { places, applicant, caseId, reviewer } = await office()
    const { actor: stranger } = await makeApplicant(deps)
    const outsiders = [
      { role: 'reviewer', departmentId: places.yuexiu },
      { role: 'reviewer', departmentId: places.shenzhen },
      { role: 'viewer', departmentId: places.tianhe },
      { role: 'auditor', departmentId: null },
      { role: 'operator', departmentId: null },
    ] as const
    for (const wish of outsiders) {
      const { actor } = await makeStaff(deps, wish)
      expect([wish, await ended(casePictures(deps, actor, caseId))]).toEqual([wish, 'not-found'])
      await signIn(actor.id)
      for (const page of [PicturesPage, FramePage]) expect(await shown(page, caseId)).toBe('404')
    }
    expect(await ended(casePictures(deps, reviewer, 'no-such-case'))).toBe('not-found')
    for (const actor of [applicant.actor, stranger]) {
      await signIn(actor.id)
      for (const page of [PicturesPage, FramePage]) expect(await shown(page, caseId)).toBe('404')
    }
  })

  it('lead to sign-in, but within the review page only say so: what was typed there is kept', async () => {
    const { caseId } = await office()
    expect(await shown(PicturesPage, caseId)).toMatch(/^303 \/login/)
    const within = await shown(FramePage, caseId)
    expect(within).toContain('登录已经结束')
    expect(within).toMatch(/href="\/login"[^>]*target="_blank"|target="_blank"[^>]*href="\/login"/)
    expect(asksFor(within)).toEqual([])
  })

  it('are shown one at a time, and only being fetched is a look', async () => {
    const { reviewer, caseId, looks } = await office()
    await signIn(reviewer.id)
    for (const page of [PicturesPage, FramePage]) {
      const html = await shown(page, caseId)
      expect(asksFor(html)).toHaveLength(1)
      expect(html).toContain('1 / 6')
      expect(html.match(/<h1/g)).toHaveLength(1)
      expect(html.match(/id="main"/g)).toHaveLength(1)
    }
    expect(await looks()).toBe(0)
    const [fileId = ''] = asksFor(await shown(FramePage, caseId))
    await pictureFor(deps, reviewer, fileId)
    expect(await looks()).toBe(1)
  })

  it('are walked by links that say everything in their address', async () => {
    const { reviewer, caseId } = await office()
    await signIn(reviewer.id)
    const at = `/review/${caseId}/pictures`
    const second = await shown(PicturesPage, caseId, { picture: '2', zoom: '1.5', turn: '90' })
    expect(hrefOf(second, '上一张')).toBe(`${at}?picture=1#viewer`)
    expect(hrefOf(second, '下一张')).toBe(`${at}?picture=3#viewer`)
    expect(hrefOf(second, '放大')).toBe(`${at}?picture=2&amp;zoom=2&amp;turn=90#viewer`)
    expect(hrefOf(second, '缩小')).toBe(`${at}?picture=2&amp;turn=90#viewer`)
    expect(hrefOf(second, '适合窗口')).toBe(`${at}?picture=2&amp;turn=90#viewer`)
    expect(hrefOf(second, '向左转')).toBe(`${at}?picture=2&amp;zoom=1.5#viewer`)
    expect(hrefOf(second, '向右转')).toBe(`${at}?picture=2&amp;zoom=1.5&amp;turn=180#viewer`)
    // A picture of 600 × 800 lies on a sheet of 800 × 600.
    expect(second).toContain('viewBox="0 0 800 600"')
    expect(second).toContain('w-[150%]')
    const first = await shown(FramePage, caseId, { picture: '1' })
    expect(first).toMatch(/<span[^>]*>上一张<\/span>/)
    expect(first).toMatch(/<span[^>]*>缩小<\/span>/)
    expect(hrefOf(first, '下一张')).toBe(`${at}/frame?picture=2`)
    const last = await shown(FramePage, caseId, { picture: '6' })
    expect(last).toMatch(/<span[^>]*>下一张<\/span>/)
    expect(last).toMatch(/aria-current="true"[^>]*><span[^>]*>6</)
    for (const picture of ['0', '7', 'x', '-1'])
      expect(await shown(FramePage, caseId, { picture })).toBe(first)
  })

  it('are named by their place, with the answers of their row masked beside them', async () => {
    const { reviewer, caseId, applicant } = await office()
    await signIn(reviewer.id)
    const { groups } = await casePictures(deps, reviewer, caseId)
    expect(groups.map(({ title, pictures }) => [title, pictures.map(({ label }) => label)])).toEqual([
      ['基本信息', ['证件照', '身份证明人像面', '身份证明国徽面']],
      ['工作经历', expect.arrayContaining([expect.stringContaining('工作经历 1 · ')])],
    ])
    const html = await shown(PicturesPage, caseId, { picture: '4' })
    expect(html).toContain('广州珠江实业有限公司')
    expect(html).toContain('统一社会信用代码核验')
    for (const secret of ['020-12345678', applicant.number, applicant.phone])
      expect(html).not.toContain(secret)
  })

  it('stand beside the form in a frame of which every link changes nothing else', async () => {
    const { reviewer, caseId } = await office()
    await signIn(reviewer.id)
    await claimCase(deps, reviewer, { caseId })
    const html = await shown(CasePage, caseId)
    expect(html).toMatch(
      new RegExp(`<iframe[^>]*name="pictures"[^>]*title="图片"[^>]*src="/review/${caseId}/pictures/frame"`),
    )
    expect(html).toMatch(/<iframe[^>]*loading="lazy"/)
    const links = [...html.matchAll(/href="([^"]+)" target="(pictures|case-pictures)"/g)]
    expect(links.map(([, href, target]) => [href, target])).toEqual(
      [1, 2, 3, 4, 5, 6].flatMap((picture) => [
        [`/review/${caseId}/pictures/frame?picture=${picture}`, 'pictures'],
        [`/review/${caseId}/pictures?picture=${picture}`, 'case-pictures'],
      ]),
    )
    expect(html).not.toMatch(/<form[^>]*>(?:(?!<\/form>).)*<iframe/)
  })

  it('of a second round open on what changed, and what stood there before can be seen while it is kept', async () => {
    const scene = await office()
    const { reviewer, caseId } = scene
    await signIn(reviewer.id)
    const [old] = asksFor(await shown(FramePage, caseId, { picture: '1' }))
    await mended(scene)
    const view = await casePictures(deps, reviewer, caseId)
    expect(view.shown).toMatchObject({ number: 1, changed: true, former: 1, before: 0 })
    expect(view.groups.flatMap(({ pictures }) => pictures.map(({ changed }) => changed))).toEqual([
      true,
      ...Array.from({ length: 5 }, () => false),
    ])
    const now = await shown(FramePage, caseId)
    expect(now).toContain('已变更')
    expect(asksFor(now)).not.toEqual([old])
    expect(hrefOf(now, '上一轮')).toBe(`/review/${caseId}/pictures/frame?picture=1&amp;before=1`)
    const before = await shown(FramePage, caseId, { picture: '1', before: '1' })
    expect(asksFor(before)).toEqual([old])
    expect(before).toContain('第 1 次提交时的图片')
    expect(hrefOf(before, '放大')).toContain('picture=1&amp;before=1&amp;zoom=1.5')
    // Of one that did not change, or of the second of one, there is nothing.
    for (const asked of [
      { picture: '1', before: '2' },
      { picture: '1', before: 'x' },
    ])
      expect((await casePictures(deps, reviewer, caseId, asked)).shown?.before).toBe(0)
    const same = await shown(FramePage, caseId, { picture: '2', before: '1' })
    expect(same).not.toContain('上一轮')
    const { roundFile } = deps.store.t
    await deps.store.tx((q) =>
      q.delete(roundFile).where(and(eq(roundFile.caseId, caseId), eq(roundFile.fileId, String(old)))),
    )
    expect((await casePictures(deps, reviewer, caseId)).shown?.former).toBe(0)
    expect(await shown(FramePage, caseId)).not.toContain('上一轮')
  })

  it('say that they are gone where they were deleted as promised', async () => {
    const { places } = await office()
    const { actor } = await makeApplicant(deps, { verified: false })
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })
    const caseId = await submittedIdentity(deps, actor, '440100')
    await signIn(reviewer.id)
    expect(asksFor(await shown(FramePage, caseId))).toHaveLength(1)
    const { serviceCase, roundFile } = deps.store.t
    await deps.store.tx(async (q) => {
      await q.delete(roundFile).where(eq(roundFile.caseId, caseId))
      await q.update(serviceCase).set({ picturesEndedAt: deps.clock.now() }).where(eq(serviceCase.id, caseId))
    })
    for (const page of [FramePage, PicturesPage]) {
      const html = await shown(page, caseId)
      expect(html).toContain('已按期删除')
      expect(asksFor(html)).toEqual([])
    }
    expect(await shown(CasePage, caseId)).not.toContain('<iframe')
  })

  it('may be forty, or none', async () => {
    const { reviewer, caseId } = await office()
    await signIn(reviewer.id)
    const { read, t } = deps.store
    const [round] = await read.select().from(t.caseRound).where(eq(t.caseRound.caseId, caseId))
    if (!round) throw new Error('no round')
    const snapshot = openSnapshot(deps.keys, round)
    /** The round as if each slot of 基本信息 held so many pictures, and no other section any. */
    const freeze = async (count: number) => {
      const files = (slot: string) => Array.from({ length: count }, (_, index) => `${slot}-${index}`)
      const sections = snapshot.sections
        .filter(({ section }) => section === 'basic')
        .map((section) => ({
          ...section,
          rows: section.rows.map((row) => ({
            ...row,
            slots:
              count === 0 ? [] : row.slots.slice(0, 2).map((one) => ({ ...one, files: files(one.slot) })),
          })),
        }))
      const snapshotSealed = deps.keys.seal(
        JSON.stringify({ ...snapshot, sections }),
        roundContext(caseId, round.round),
      )
      await deps.store.tx((q) =>
        q.update(t.caseRound).set({ snapshotSealed }).where(eq(t.caseRound.caseId, caseId)),
      )
    }
    await freeze(20)
    const many = await shown(FramePage, caseId, { picture: '40' })
    expect(many).toContain('40 / 40')
    expect(many).toContain('全部图片（40）')
    // The round keeps their names alone.
    expect(many).toContain('没有保留')
    await freeze(0)
    expect(await shown(FramePage, caseId)).toContain('本次提交没有图片')
    expect(await shown(PicturesPage, caseId, { picture: '1' })).toContain('本次提交没有图片')
    expect(await shown(CasePage, caseId)).not.toContain('<iframe')
  })
})
