import { eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { caseFile, newestCase } from '#db/queries/case-file.ts'
import { latestCase } from '#db/queries/cases.ts'
import { departments } from '#db/seed/departments.ts'
import { isUnique } from '#db/store.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { removeEntry } from '#lib/commands/remove-entry.ts'
import { type EntryInput, saveEntry } from '#lib/commands/save-entry.ts'
import { dayOf } from '#lib/domain/days.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { asPosted } from '#lib/readers/sample.ts'
import type { SectionId } from '#lib/sections/all.ts'
import { caseRow, eventsOf, everythingOf, holding, placesOf, rowsOf } from '#tests/support/case-state.ts'
import { filledCase, putPicture, rowIds, typeDepartment, typedRows, typeRow } from '#tests/support/cases.ts'
import { makeApplicant, seedDepartments, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

type Typed = Readonly<Record<string, string>>

async function desk(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const { actor } = await makeApplicant(deps)
  const caseId = await openDraft(deps, actor, 'collection')
  const save = (
    section: SectionId,
    rowId: string,
    rev: number,
    values: Typed,
    more: Partial<EntryInput> = {},
  ) => saveEntry(deps, actor, { caseId, section, rowId, rev, form: asPosted(values), ...more })
  return { deps, places, actor, caseId, save }
}

const month = (name: string, value: string): Typed => {
  const [year = '', number = ''] = value.split('-')
  return { [`${name}.year`]: year, [`${name}.month`]: number }
}
const school = (enrolled: string, graduated: string, name = '中山大学'): Typed => ({
  ...typedRows.education,
  school: name,
  ...month('enrolled', enrolled),
  ...month('graduated', graduated),
})
const codesOf = (issues: readonly { at: string | null; code: string }[]) =>
  issues.map(({ at, code }) => `${at} ${code}`)

describeEachEngine('the newest case of a kind', (open) => {
  it('is found and loaded as by its id, of this person and kind alone', async () => {
    const { deps, actor, caseId } = await desk(open)
    const { keys, store, clock } = deps
    const { read, t } = store
    const newest = async (id = actor.id) => newestCase(read, t, keys, id, 'collection')
    const [first] = await read.select().from(t.serviceCase).where(eq(t.serviceCase.id, caseId))
    if (!first) throw new Error('no case')
    expect((await newest())?.case).toEqual(first)
    expect(await (await newest())?.load()).toEqual(await caseFile(read, t, keys, caseId))
    const { actor: other } = await makeApplicant(deps)
    expect(await newest(other.id)).toBeNull()
    expect(await newestCase(read, t, keys, actor.id, 'identity')).toBeNull()
    const [later, createdAt] = ['0-later', new Date(clock.now().getTime() + 1)]
    await store.tx((q) =>
      q.insert(t.serviceCase).values({ ...first, id: later, openKey: null, createdAt, state: 'cancelled' }),
    )
    expect((await newest())?.case.id).toBe(later)
    expect((await newest())?.case).toEqual(await latestCase(read, t, actor.id, 'collection'))
    expect((await (await newest())?.load())?.case.id).toBe(later)
  })
})

describeEachEngine('opening a draft', (open) => {
  it('asked twice or twenty times at once makes one case', async () => {
    const { deps, actor } = await desk(open)
    const { actor: other } = await makeApplicant(deps)
    const ids = await Promise.all(Array.from({ length: 20 }, () => openDraft(deps, other, 'collection')))
    expect(new Set(ids).size).toBe(1)
    expect(await openDraft(deps, other, 'collection')).toBe(ids[0])
    const mine = await openDraft(deps, actor, 'collection')
    const identity = await openDraft(deps, other, 'identity')
    expect(new Set([ids[0], mine, identity]).size).toBe(3)
    expect(await eventsOf(deps, ids[0] ?? '')).toEqual(['case.opened'])
    expect(await deps.store.read.select().from(deps.store.t.serviceCase)).toHaveLength(3)
  })

  it('is held to one by the database itself', async () => {
    const { deps, caseId } = await desk(open)
    const twin = { ...(await caseRow(deps, caseId)), id: 'twin' }
    const error = await deps.store
      .tx((q) => q.insert(deps.store.t.serviceCase).values(twin))
      .then(
        () => null,
        (thrown: unknown) => thrown,
      )
    expect(isUnique(error)).toBe(true)
  })
})

describeEachEngine('saving an entry', (open) => {
  it('keeps what was typed, right or wrong, and names everything that is wrong', async () => {
    const { deps, caseId, save } = await desk(open)
    const { issues } = await save('education', 'edurow1', 0, {
      place: 'moon',
      mode: '',
      school: ' 校 ',
      level: 'bachelor_program',
      degree: 'bachelor',
      major: '会'.repeat(61),
      ...month('enrolled', '2030-01'),
      ...month('graduated', '2012-13'),
      diplomaNo: '1055_81',
      degreeNo: '',
    })
    expect(codesOf(issues)).toEqual([
      'place not-offered',
      'mode required',
      'school too-short',
      'major too-long',
      'enrolled month-future',
      'graduated month-invalid',
      'diplomaNo certificate-number-characters',
      'degreeNo required',
    ])
    expect(await rowsOf(deps, caseId, 'education')).toEqual([
      {
        id: 'edurow1',
        rev: 1,
        values: {
          place: 'moon',
          mode: '',
          school: '校',
          level: 'bachelor_program',
          degree: 'bachelor',
          major: '会'.repeat(61),
          enrolled: '2030-01',
          graduated: '2012-13',
          diplomaNo: '1055_81',
          degreeNo: '',
        },
      },
    ])
  })

  it('says nothing of a row that is right', async () => {
    const { save } = await desk(open)
    expect(await save('education', 'edurow1', 0, typedRows.education)).toEqual({ issues: [], rev: 1 })
  })

  it('seals what it keeps', async () => {
    const { deps, save } = await desk(open)
    await save('basic', 'main', 0, typedRows.basic)
    const [row] = await deps.store.read.select().from(deps.store.t.caseSection)
    expect(row?.rowsSealed.startsWith(deps.keys.header)).toBe(true)
  })

  it('over a newer edit is stale and changes nothing', async () => {
    const { deps, caseId, save } = await desk(open)
    await save('basic', 'main', 0, typedRows.basic)
    await save('basic', 'main', 1, { ...typedRows.basic, politics: 'cpc_member' })
    const before = await everythingOf(deps, caseId)
    for (const rev of [0, 1, 3])
      expect(await outcomeOf(save('basic', 'main', rev, typedRows.basic))).toEqual(['stale'])
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it('sent twice changes nothing the second time and answers the same', async () => {
    const { deps, caseId, save } = await desk(open)
    const faulty = { ...typedRows.basic, email: 'nobody' }
    const first = await save('basic', 'main', 0, faulty)
    const before = await everythingOf(deps, caseId)
    expect(await save('basic', 'main', 0, faulty)).toEqual(first)
    expect(codesOf(first.issues)).toContain('email email-format')
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it('sent twenty times at once is saved once', async () => {
    const { deps, caseId, save } = await desk(open)
    const sent = Array.from({ length: 20 }, () => outcomeOf(save('basic', 'main', 0, typedRows.basic)))
    expect(new Set((await Promise.all(sent)).flat())).toEqual(new Set(['done']))
    expect(await rowsOf(deps, caseId, 'basic')).toMatchObject([{ rev: 1 }])
    expect(await eventsOf(deps, caseId)).toEqual(['case.opened', 'section.saved'])
  })

  it('of one row in two tabs at once keeps one and refuses the other', async () => {
    const { deps, caseId, save } = await desk(open)
    const tabs = ['一号', '二号', '三号', '四号'].map((place) => `广州市天河区${place}`)
    const answers = await Promise.all(
      tabs.map((address) => outcomeOf(save('basic', 'main', 0, { ...typedRows.basic, address }))),
    )
    expect(answers.filter(([code]) => code === 'stale')).toHaveLength(3)
    const winner = tabs[answers.findIndex(([code]) => code === 'done')]
    expect(await rowsOf(deps, caseId, 'basic')).toMatchObject([{ rev: 1, values: { address: winner } }])
  })

  it('of different rows at once loses none of them', async () => {
    const { deps, caseId, save } = await desk(open)
    const ids = ['rowaaa', 'rowbbb', 'rowccc', 'rowddd', 'roweee', 'rowfff']
    const at = (index: number) => school(`${1996 + 2 * index}-09`, `${1997 + 2 * index}-06`)
    const answers = await Promise.all(ids.map((id, index) => outcomeOf(save('education', id, 0, at(index)))))
    expect(answers).toEqual(ids.map(() => ['done']))
    const rows = await rowsOf(deps, caseId, 'education')
    expect(rows.map(({ id }) => id).sort()).toEqual(ids)
    // Edits of rows that are there do not disturb each other either.
    const edits = await Promise.all(
      ids.map((id, index) => outcomeOf(save('education', id, 1, { ...at(index), school: `${id}大学` }))),
    )
    expect(edits).toEqual(ids.map(() => ['done']))
    for (const { id, rev, values } of await rowsOf(deps, caseId, 'education'))
      expect([rev, values.school]).toEqual([2, `${id}大学`])
  })

  it('of rows that cross, at once, tells of it', async () => {
    const { deps, caseId, save } = await desk(open)
    const answers = await Promise.all([
      save('education', 'rowaaa', 0, school('2008-09', '2012-06')),
      save('education', 'rowbbb', 0, school('2011-09', '2014-06')),
    ])
    expect(answers.filter(({ issues }) => codesOf(issues).includes('enrolled period-crossing'))).toHaveLength(
      1,
    )
    const file = await caseFile(deps.store.read, deps.store.t, deps.keys, caseId)
    if (!file) throw new Error('no case')
    const { rows } = draftOf(file, dayOf(deps.clock.now())).examine('education')
    for (const id of ['rowaaa', 'rowbbb'])
      expect(codesOf(rows.get(id) ?? [])).toEqual(['enrolled period-crossing'])
  })

  it('drops what no field asked for', async () => {
    const { deps, caseId, save } = await desk(open)
    await save('scope', 'main', 0, {
      scope: 'accounting_staff',
      rev: '9',
      id: 'x',
      state: 'approved',
      // biome-ignore lint/complexity/useLiteralKeys: the name is what matters
      ['__proto__.state']: 'approved',
      constructor: 'x',
    })
    expect(await rowsOf(deps, caseId, 'scope')).toEqual([
      { id: 'main', rev: 1, values: { scope: 'accounting_staff' } },
    ])
  })

  it.each([
    ['a section of another kind of case', 'identity', 'main', { city: '440100' }],
    ['another row than the one of a form', 'basic', 'edurow1', typedRows.basic],
    ['the one row of a form in a list', 'education', 'main', typedRows.education],
    ['the shared row', 'employment', 'all', typedRows.employment],
    ['the id of a nested row', 'employment', 'jobrow1p1', typedRows.employment],
    ['an id with other signs', 'education', 'edu/row1', typedRows.education],
    ['no id', 'education', '', typedRows.education],
  ] as const)('knows nothing of %s', async (_, section, rowId, values) => {
    const { deps, caseId, save } = await desk(open)
    const before = await everythingOf(deps, caseId)
    expect(await outcomeOf(save(section, rowId, 0, values))).toEqual(['not-found'])
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it('ends at thirty rows', { timeout: 60_000 }, async () => {
    const { deps, caseId, save } = await desk(open)
    const ids = Array.from({ length: 31 }, (_, index) => `rownr${String(index).padStart(2, '0')}`)
    for (const id of ids.slice(0, 30)) await save('qualifications', id, 0, {})
    expect(await outcomeOf(save('qualifications', ids[30] ?? '', 0, {}))).toEqual([
      'refused',
      'too-many-rows',
    ])
    expect(await rowsOf(deps, caseId, 'qualifications')).toHaveLength(30)
    // What is there can still be edited and removed.
    expect(await outcomeOf(save('qualifications', ids[0] ?? '', 1, typedRows.qualifications))).toEqual([
      'done',
    ])
  })
})

describeEachEngine('nested rows', (open) => {
  const job: Typed = typedRows.employment
  const posts = (rows: Awaited<ReturnType<typeof rowsOf>>) => rows[0]?.children?.map(({ id }) => id)

  it('are those the row has: a form can neither invent nor borrow one', async () => {
    const { deps, caseId, save } = await desk(open)
    await save('employment', 'jobrow2', 0, job)
    await save('employment', 'jobrow1', 0, {
      ...job,
      ...month('posts.jobrow1p9.start', '2012-08'),
      ...month('posts.jobrow2p1.start', '2012-08'),
    })
    const rows = await rowsOf(deps, caseId, 'employment')
    expect(rows.map(({ children }) => children?.map(({ id }) => id))).toEqual([['jobrow2p1'], ['jobrow1p1']])
    expect(rows[0]?.children?.[0]?.values.start).toBe('')
  })

  it('are added one at a time, to twenty', async () => {
    const { deps, caseId, save } = await desk(open)
    for (let rev = 0; rev < 21; rev++) await save('employment', 'jobrow1', rev, job, { addChild: true })
    expect(posts(await rowsOf(deps, caseId, 'employment'))).toEqual(
      Array.from({ length: 20 }, (_, index) => `jobrow1p${index + 1}`),
    )
  })

  it('are added once by a button pressed twice', async () => {
    const { deps, caseId, save } = await desk(open)
    await save('employment', 'jobrow1', 0, job)
    await Promise.all([1, 2, 3].map(() => save('employment', 'jobrow1', 1, job, { addChild: true })))
    expect(posts(await rowsOf(deps, caseId, 'employment'))).toEqual(['jobrow1p1', 'jobrow1p2'])
  })

  it('taken out take their pictures with them, and leave none to a later one', async () => {
    const { deps, actor, caseId, save } = await desk(open)
    await save('employment', 'jobrow1', 0, job, { addChild: true })
    for (const rowId of ['jobrow1p1', 'jobrow1p2'])
      await putPicture(deps, actor, { caseId, section: 'employment', rowId, slot: 'appointment' })
    await save('employment', 'jobrow1', 1, { ...job, 'posts.jobrow1p2.remove': '1' })
    expect(posts(await rowsOf(deps, caseId, 'employment'))).toEqual(['jobrow1p1'])
    expect(await placesOf(deps, caseId)).toEqual(['employment/jobrow1p1/appointment'])
    await save('employment', 'jobrow1', 2, job, { addChild: true })
    expect(posts(await rowsOf(deps, caseId, 'employment'))).toHaveLength(2)
    expect(await placesOf(deps, caseId)).toEqual(['employment/jobrow1p1/appointment'])
  })
})

describeEachEngine('choosing the department (DEP-1)', (open) => {
  const choose = async (scene: Awaited<ReturnType<typeof desk>>, ...ids: string[]) => {
    const { deps, caseId, save } = scene
    const [row] = await rowsOf(deps, caseId, 'department')
    const { issues } = await save('department', 'main', row?.rev ?? 0, {
      situation: 'employed',
      household: '440100',
      ...Object.fromEntries(ids.map((id, index) => [`departmentId.${index + 1}`, id])),
    })
    return { chosen: (await caseRow(deps, caseId)).departmentId, issues: codesOf(issues) }
  }
  const incomplete = ['departmentId department-incomplete']

  it.each([
    ['a district', ['440000', '440100', '440106'], '440106', []],
    ['the city itself by its own node', ['440000', '440100', '440100-own'], '440100-own', []],
    ['a district of 深圳, which stands on the first level', ['440300', '440305'], '440305', []],
    ['nothing', [], null, ['departmentId required']],
    ['empty selects', ['', '', ''], null, ['departmentId required']],
    ['what does not exist', ['999999'], null, ['departmentId required']],
    ['a province alone', ['440000'], '440000', incomplete],
    ['half the way', ['440000', '440100'], '440100', incomplete],
    ['a city left over from another province', ['440300', '440100', '440106'], '440300', incomplete],
    ['a district left over from another city', ['440000', '440400', '440106'], '440400', incomplete],
    ['深圳 below its province', ['440000', '440300', '440305'], '440000', incomplete],
    ['省本级, which is not switched on', ['440000', '440000-own'], '440000', incomplete],
    ['省本级 by itself', ['440000-own'], null, ['departmentId required']],
  ] as const)('%s', async (_, typed, chosen, issues) => {
    const scene = await desk(open)
    const own = departments().find(({ id }) => id === '440000-own')
    if (!own || own.active) throw new Error('省本级 is expected to be there and switched off')
    const { own: _own, ...seed } = own
    const row = { ...seed, path: `440000/${seed.id}`, createdAt: scene.deps.clock.now() }
    await scene.deps.store.tx((q) => q.insert(scene.deps.store.t.department).values(row))
    expect(await choose(scene, ...typed)).toEqual({ chosen, issues })
  })

  it('chosen anew replaces the old one, and taken back leaves none', async () => {
    const scene = await desk(open)
    await choose(scene, '440000', '440100', '440106')
    expect((await choose(scene, '440300', '440305')).chosen).toBe('440305')
    expect((await choose(scene)).chosen).toBeNull()
  })

  it('that closes afterwards is not chosen any more', async () => {
    const { deps, actor, caseId, places } = await desk(open)
    await typeDepartment(deps, actor, caseId, places.tianhe)
    const { t } = deps.store
    await deps.store.tx((q) =>
      q.update(t.department).set({ active: false }).where(eq(t.department.id, places.tianhe)),
    )
    const file = await caseFile(deps.store.read, t, deps.keys, caseId)
    if (!file) throw new Error('no case')
    const { rows } = draftOf(file, dayOf(deps.clock.now())).examine('department')
    expect(codesOf(rows.get('main') ?? [])).toEqual(incomplete)
  })
})

describeEachEngine('removing an entry', (open) => {
  async function filled(opened: Open) {
    const scene = await desk(opened)
    const caseId = await filledCase(scene.deps, scene.actor, scene.places.tianhe)
    const remove = (section: SectionId, rowId: string, rev = 1) =>
      removeEntry(scene.deps, scene.actor, { caseId, section, rowId, rev })
    return { ...scene, remove }
  }
  const basicPictures = ['basic/main/idBack', 'basic/main/idFront', 'basic/main/portrait']

  it('takes its pictures and those of its nested rows, and no others', async () => {
    const { deps, actor, caseId, remove } = await filled(open)
    await typeRow(
      deps,
      actor,
      { caseId, section: 'employment', rowId: 'jobrow2' },
      {
        ...typedRows.employment,
        'end.open': '',
        ...month('start', '2010-01'),
        ...month('end', '2011-01'),
        accounting: 'no',
      },
    )
    await putPicture(deps, actor, { caseId, section: 'employment', rowId: 'jobrow2', slot: 'workProof' })
    await remove('employment', rowIds.employment)
    expect((await rowsOf(deps, caseId, 'employment')).map(({ id }) => id)).toEqual(['jobrow2'])
    expect(await placesOf(deps, caseId)).toEqual([
      ...basicPictures,
      'employment/all/resume',
      'employment/jobrow2/workProof',
    ])
    expect((await eventsOf(deps, caseId)).filter((kind) => kind === 'row.removed')).toHaveLength(1)
  })

  it('a second time, or one that never was, changes nothing', async () => {
    const { deps, caseId, remove } = await filled(open)
    await remove('education', rowIds.education)
    const before = await everythingOf(deps, caseId)
    await remove('education', rowIds.education)
    await remove('education', 'edurow9')
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it('that was edited meanwhile is stale', async () => {
    const { deps, caseId, save, remove } = await filled(open)
    await save('education', rowIds.education, 1, { ...typedRows.education, major: '审计学' })
    const before = await everythingOf(deps, caseId)
    expect(await outcomeOf(remove('education', rowIds.education, 1))).toEqual(['stale'])
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it.each([
    ['the page of a form', 'department', 'main'],
    ['a section of another kind of case', 'identity', 'main'],
  ] as const)('is not for %s', async (_, section, rowId) => {
    const { deps, caseId, remove } = await filled(open)
    const before = await everythingOf(deps, caseId)
    expect(await outcomeOf(remove(section, rowId))).toEqual(['not-found'])
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it('and editing it at once never leaves half of both', async () => {
    const { deps, actor, caseId, save } = await filled(open)
    const slow = holding(deps)
    const removing = removeEntry(slow.deps, actor, {
      caseId,
      section: 'education',
      rowId: rowIds.education,
      rev: 1,
    })
    await slow.reached
    const editing = outcomeOf(
      save('education', rowIds.education, 1, { ...typedRows.education, major: '审计学' }),
    )
    slow.release()
    await removing
    expect(await editing).toEqual(['stale'])
    expect(await rowsOf(deps, caseId, 'education')).toEqual([])
  })
})
