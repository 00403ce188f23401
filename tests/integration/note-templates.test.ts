/** 审核意见常用语 (REV-4): every verb and every no of it, and what reviewers do with them, without script. */
import { eq } from 'drizzle-orm'
import { renderToStaticMarkup } from 'react-dom/server'
import { beforeEach, expect, it, vi } from 'vitest'
import DepartmentPage from '#app/(operator)/departments/[departmentId]/page.tsx'
import { addTemplate, endTemplate } from '#app/(operator)/departments/actions.ts'
import CasePage from '#app/(reviewer)/review/[caseId]/page.tsx'
import { decide } from '#app/(reviewer)/review/actions.ts'
import { noteTemplatesOf } from '#db/queries/note-templates.ts'
import { openSession } from '#lib/auth/session-rows.ts'
import { addNoteTemplate } from '#lib/commands/add-note-template.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { endNoteTemplate } from '#lib/commands/end-note-template.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { noteTemplateLimits } from '#lib/schemas/note-templates.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { rowIds, submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { ended, jar, posted } from '#tests/support/next-side.ts'
import { planner } from '#tests/support/plans.ts'
import { outcomeOf as no } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)

const diploma = '请上传毕业证书的照片。'
const words = (text = diploma, reason = 'diploma-missing') => ({ templateReason: reason, templateText: text })

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const at = async (role: 'manager' | 'reviewer' | 'viewer', departmentId: string) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const { read, t } = deps.store
  return {
    deps,
    places,
    at,
    district: await at('manager', places.tianhe),
    city: await at('manager', places.guangzhou),
    reviewer: await at('reviewer', places.tianhe),
    living: (departmentId: string) => noteTemplatesOf(read, t, [departmentId]),
    events: async () =>
      (await read.select().from(t.event))
        .filter(({ kind }) => kind.startsWith('department.template-'))
        .map(({ kind, actorId, data }) => [kind, actorId, data.department, data.reason]),
  }
}

/** One template of the department, and its id. */
async function withOne(open: Open) {
  const scene = await office(open)
  const { deps, district, places } = scene
  await addNoteTemplate(deps, district, { departmentId: places.tianhe, typed: words() })
  const [one] = await scene.living(places.tianhe)
  return { ...scene, templateId: one?.id ?? '' }
}

describeEachEngine('常用语 of a department', (open) => {
  it('are added and ended by who manages it, once, and written down', async () => {
    const { deps, places, district, city, living, events } = await office(open)
    const to = { departmentId: places.tianhe }
    await addNoteTemplate(deps, district, { ...to, typed: words() })
    await addNoteTemplate(deps, city, { ...to, typed: words(` ${diploma}\n`) })
    // The same words for another reason are something else.
    deps.clock.advance(1)
    await addNoteTemplate(deps, city, { ...to, typed: words(diploma, 'other') })
    const held = (await living(places.tianhe)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(held.map(({ reason, text }) => [reason, text])).toEqual([
      ['diploma-missing', diploma],
      ['other', diploma],
    ])
    const [first] = held
    deps.clock.advance(1)
    await endNoteTemplate(deps, district, { ...to, templateId: first?.id ?? '' })
    await endNoteTemplate(deps, district, { ...to, templateId: first?.id ?? '' })
    expect((await living(places.tianhe)).map(({ reason }) => reason)).toEqual(['other'])
    expect((await events()).toSorted()).toEqual(
      [
        ['department.template-added', district.id, places.tianhe, 'diploma-missing'],
        ['department.template-added', city.id, places.tianhe, 'other'],
        ['department.template-ended', district.id, places.tianhe, 'diploma-missing'],
      ].toSorted(),
    )
    // What was ended can be written down again.
    await addNoteTemplate(deps, district, { ...to, typed: words() })
    expect(await living(places.tianhe)).toHaveLength(2)
  })

  it('are nothing to whoever does not manage there, whatever they ask for', async () => {
    const { deps, places, at, reviewer, living, templateId } = await withOne(open)
    const gone = await at('manager', places.tianhe)
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.staffGrant)
        .set({ until: deps.clock.now() })
        .where(eq(deps.store.t.staffGrant.accountId, gone.id)),
    )
    const strangers: Actor[] = [
      await at('manager', places.yuexiu),
      await at('manager', places.zhuhai),
      reviewer,
      await at('viewer', places.guangdong),
      (await makeStaff(deps, { role: 'auditor' })).actor,
      (await makeApplicant(deps)).actor,
      gone,
    ]
    for (const actor of strangers)
      for (const attempt of [
        () => addNoteTemplate(deps, actor, { departmentId: places.tianhe, typed: words('别的') }),
        () => addNoteTemplate(deps, actor, { departmentId: places.tianhe, typed: {} }),
        () => endNoteTemplate(deps, actor, { departmentId: places.tianhe, templateId }),
      ])
        expect(await no(attempt())).toEqual(['not-found'])
    expect(await living(places.tianhe)).toHaveLength(1)
  })

  it('are refused with all that is wrong, beyond their number, and at a closed department', async () => {
    const { deps, places, district, city, living, templateId } = await withOne(open)
    const add = (typed: unknown, departmentId: string = places.tianhe) =>
      no(addNoteTemplate(deps, district, { departmentId, typed }))
    expect(await add({})).toEqual(['refused', 'required', 'required'])
    expect(await add(words('字'.repeat(201)))).toEqual(['refused', 'too-long'])
    expect(await add(words(diploma, 'constructor'))).toEqual(['refused', 'not-offered'])
    expect(await add(words(), '999999')).toEqual(['not-found'])
    for (let n = 1; n < noteTemplateLimits.perDepartment; n += 1)
      expect(await add(words(`第 ${n} 条`))).toEqual(['done'])
    expect(await add(words('多一条'))).toEqual(['refused', 'note-templates-too-many'])
    // What is there already is no more than there is.
    expect(await add(words())).toEqual(['done'])
    expect(await living(places.tianhe)).toHaveLength(noteTemplateLimits.perDepartment)
    const end = (departmentId: string, id = templateId) =>
      no(endNoteTemplate(deps, city, { departmentId, templateId: id }))
    expect(await end(places.guangzhou)).toEqual(['not-found'])
    expect(await end(places.tianhe, 'no-such')).toEqual(['not-found'])
    await deps.store.tx((q) =>
      q
        .update(deps.store.t.department)
        .set({ active: false })
        .where(eq(deps.store.t.department.id, places.tianhe)),
    )
    expect(await add(words())).toEqual(['refused', 'department-closed'])
    expect(await end(places.tianhe)).toEqual(['refused', 'department-closed'])
  })

  it('added by two at once are one, and never one too many', async () => {
    const { deps, places, district, city, living } = await office(open)
    const add = (actor: Actor, text: string) =>
      no(addNoteTemplate(deps, actor, { departmentId: places.tianhe, typed: words(text) }))
    await Promise.all([add(district, diploma), add(city, diploma), add(district, diploma)])
    expect(await living(places.tianhe)).toHaveLength(1)
    for (let n = 2; n < noteTemplateLimits.perDepartment; n += 1) await add(city, `第 ${n} 条`)
    const last = await Promise.all([add(district, '最后一条'), add(city, '又一条')])
    expect(last.map(([end]) => end).toSorted()).toEqual(['done', 'refused'])
    expect(await living(places.tianhe)).toHaveLength(noteTemplateLimits.perDepartment)
  })

  it('are found by an index', async () => {
    const { deps } = await withOne(open)
    const plans = await planner(open, deps.store)
    try {
      const plan = await plans.of(
        noteTemplatesOf(deps.store.read, deps.store.t, ['440000', '440100', '440106']).toSQL(),
      )
      expect(plan).toContain('note_template_department')
    } finally {
      await plans.end()
    }
  })
})

type OfDepartment = { departmentId: string }
const html = async (page: Promise<React.ReactNode>) => renderToStaticMarkup(await page)
const searchOf = (to: string) =>
  Promise.resolve(Object.fromEntries(new URL(to.slice(4), 'http://x').searchParams))
/** The select of a finding with its options, '' where there is none. */
const selectOf = (page: string, at: string) =>
  new RegExp(`<select id="${at.replaceAll('.', '-')}-template".*?</select>`, 's').exec(page)?.[0] ?? ''
const chosenIn = (select: string) => [...select.matchAll(/value="([^"]*)" selected=""/g)].map(([, id]) => id)
const noteOf = (page: string, at: string) =>
  new RegExp(`<textarea id="${at.replaceAll('.', '-')}-note"[^>]*>(.*?)</textarea>`, 's').exec(page)?.[1]

describeEachEngine('常用语 on the screen', (open) => {
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
  const department = (departmentId: string, to = '303 /') =>
    html(
      DepartmentPage({
        params: Promise.resolve<OfDepartment>({ departmentId }),
        searchParams: searchOf(to),
      }),
    )
  const add = (departmentId: string, text: string, reason = 'diploma-missing') =>
    addNoteTemplate(deps, scene.city, { departmentId, typed: words(text, reason) })
  const idOf = async (departmentId: string, text: string) =>
    (await scene.living(departmentId)).find((one) => one.text === text)?.id ?? ''

  it('are kept by the manager, by reason, with what was typed while it is wrong', async () => {
    const { places, district } = scene
    await signIn(district)
    expect(await department(places.tianhe)).toContain('还没有常用语。')
    const form = { department: places.tianhe }
    const wrong = await posted(addTemplate, { ...form, templateReason: '', templateText: diploma })
    expect(wrong).toMatch(/^303 \/departments\/440106\?echo=[\w-]{43}#errors$/)
    const again = await department(places.tianhe, wrong)
    expect(again).toContain('请选择退回原因')
    expect(again).toContain('href="#templateReason"')
    expect(again).toContain(`>${diploma}</textarea>`)
    const long = await posted(addTemplate, { ...form, ...words('长'.repeat(201)) })
    const tooLong = await department(places.tianhe, long)
    expect(tooLong).toContain('常用语共 201 个字，最多 200 个字')
    expect(tooLong).toMatch(/<option value="diploma-missing" selected="">/)
    const done = await posted(addTemplate, { ...form, ...words() })
    expect(done).toBe('303 /departments/440106?done=template-added#main')
    const shown = await department(places.tianhe, done)
    expect(shown).toContain('常用语已增加')
    expect(shown).toMatch(/<h3[^>]*>缺学历（学位）证明<\/h3>/)
    expect(shown).toContain(diploma)
    expect(shown).not.toContain('style=')
    const end = { ...form, template: await idOf(places.tianhe, diploma) }
    expect(await posted(endTemplate, end)).toBe('303 /departments/440106?done=template-ended#main')
    expect(await posted(endTemplate, end)).toBe('303 /departments/440106?done=template-ended#main')
    expect(await department(places.tianhe)).not.toContain(diploma)
    await signIn(scene.reviewer)
    expect(await posted(addTemplate, { ...form, ...words() })).toBe('404')
    expect(await posted(endTemplate, end)).toBe('404')
    expect(await ended(department(places.tianhe))).toBe('404')
  })

  async function claimed() {
    const { places, reviewer } = scene
    const applicant = await makeApplicant(deps)
    const caseId = await submittedCase(deps, applicant.actor, places.tianhe)
    await claimCase(deps, reviewer, { caseId })
    await signIn(reviewer)
    return caseId
  }
  const reviewed = async (caseId: string, to = '303 /') =>
    html(CasePage({ params: Promise.resolve({ caseId }), searchParams: searchOf(to) }))
  const at = 'finding.education.0'
  const sent = async (caseId: string, over: Readonly<Record<string, string>> = {}) => ({
    case: caseId,
    version: String((await caseRow(deps, caseId)).version),
    decision: 'save',
    'verdict.education': 'problem',
    [`${at}.reason`]: 'diploma-missing',
    [`${at}.target`]: `${rowIds.education}/slot:diploma`,
    [`${at}.note`]: '',
    ...over,
  })

  it('are offered where there are any: of the department and above it, that fit the page, nearest first', async () => {
    const { places, city } = scene
    const caseId = await claimed()
    expect(await reviewed(caseId)).not.toContain('常用语')
    await add(places.tianhe, '区里的')
    await add(places.guangzhou, '市里的')
    await add(places.guangzhou, '区里的')
    await add(places.yuexiu, '别的区的')
    await add(places.guangzhou, '头像', 'portrait-unsuitable')
    await add(places.guangzhou, '长'.repeat(200), 'other')
    const page = await reviewed(caseId)
    const education = selectOf(page, at)
    expect([...education.matchAll(/<optgroup label="([^"]+)"/g)].map(([, label]) => label)).toEqual([
      '缺学历（学位）证明',
      '其他原因',
    ])
    expect([...education.matchAll(/<option value="[^"]+">([^<]+)/g)].map(([, label]) => label)).toEqual([
      '区里的',
      '市里的',
      `${'长'.repeat(59)}…`,
    ])
    expect(selectOf(page, 'finding.basic.0')).toContain('头像')
    expect(page).toContain(`<label for="finding-education-0-template"`)
    // Who only reads chooses nothing.
    await signIn(city)
    expect(await reviewed(caseId)).not.toContain('常用语')
    expect((await reviewCase(deps, city, caseId)).templates).toEqual([])
  })

  it('are put in front of the note by any button, once, and nothing is chosen afterwards', async () => {
    const { places, reviewer } = scene
    await add(places.guangzhou, diploma)
    const template = await idOf(places.guangzhou, diploma)
    const caseId = await claimed()
    const first = await posted(
      decide,
      await sent(caseId, { [`${at}.template`]: template, [`${at}.note`]: '两面。' }),
    )
    expect(first).toBe(`303 /review/${caseId}?done=saved#main`)
    const page = await reviewed(caseId, first)
    expect(noteOf(page, at)).toBe(`${diploma}\n两面。`)
    expect(chosenIn(selectOf(page, at))).toEqual([''])
    // Sent from a page the browser had kept, with the choice still made.
    const note = `${diploma}\n两面。`
    await posted(decide, await sent(caseId, { [`${at}.template`]: template, [`${at}.note`]: note }))
    expect(noteOf(await reviewed(caseId), at)).toBe(note)
    // A refused 退回: the note holds it, and sending that on says it once.
    const refused = await posted(
      decide,
      await sent(caseId, {
        decision: 'return',
        'verdict.basic': 'problem',
        [`${at}.template`]: template,
        [`${at}.reason`]: '',
        [`${at}.note`]: '再看一遍。',
      }),
    )
    const back = await reviewed(caseId, refused)
    expect(back).toContain('选择“有问题”的，请至少填写一条意见')
    expect(noteOf(back, at)).toBe(`${diploma}\n再看一遍。`)
    expect(chosenIn(selectOf(back, at))).toEqual([''])
    expect(back).toMatch(/<option value="diploma-missing" selected="">/)
    const on = await posted(
      decide,
      await sent(caseId, { decision: 'return', [`${at}.note`]: `${diploma}\n再看一遍。` }),
    )
    expect(on).toBe('303 /review?tab=mine&done=returned#main')
    const told = await reviewCase(deps, reviewer, caseId)
    expect(told.sections.flatMap(({ findings }) => findings.map((one) => one.note))).toEqual([
      `${diploma}\n再看一遍。`,
    ])
  })

  it('count with the note, are refused together with it, and not after they ended', async () => {
    const { places, city, reviewer } = scene
    const long = '长'.repeat(200)
    await add(places.tianhe, long)
    const template = await idOf(places.tianhe, long)
    const caseId = await claimed()
    const fits = await sent(caseId, { [`${at}.template`]: template, [`${at}.note`]: '短'.repeat(99) })
    expect(await posted(decide, fits)).toContain('done=saved')
    const over = await sent(caseId, { [`${at}.template`]: template, [`${at}.note`]: '短'.repeat(100) })
    const wrong = await posted(decide, over)
    const page = await reviewed(caseId, wrong)
    expect(page).toContain('说明共 301 个字，最多 300 个字')
    expect(page).toContain(`href="#finding-education-0-note"`)
    expect(noteOf(page, at)).toBe(`${long}\n${'短'.repeat(100)}`)

    await endNoteTemplate(deps, city, { departmentId: places.tianhe, templateId: template })
    const late = await posted(
      decide,
      await sent(caseId, { [`${at}.template`]: template, [`${at}.note`]: '自己写的' }),
    )
    const gone = await reviewed(caseId, late)
    expect(gone).toContain('刚才选择的常用语已经停用')
    expect(noteOf(gone, at)).toBe('自己写的')
    expect(selectOf(gone, at)).toBe('')
    // Nor one of a department that has nothing to do with it.
    await add(places.yuexiu, '别的区的')
    const foreign = {
      at,
      section: 'education',
      rowId: rowIds.education,
      target: '',
      reason: 'other',
      note: '',
      template: await idOf(places.yuexiu, '别的区的'),
    }
    const { version } = await caseRow(deps, caseId)
    expect(
      await no(
        saveOpinions(deps, reviewer, {
          caseId,
          version,
          opinions: { verdicts: { education: 'problem' }, findings: [foreign] },
        }),
      ),
    ).toEqual(['refused', 'note-template-gone', 'note-required'])
  })
})
