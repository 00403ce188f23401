/** The editor of the tree of departments (ADM-1): every verb and every no of it. */
import { and, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { caseFile } from '#db/queries/case-file.ts'
import { departmentById, departmentsUnder, isSelectable } from '#db/queries/departments.ts'
import { addDepartment } from '#lib/commands/add-department.ts'
import { closeDepartment } from '#lib/commands/close-department.ts'
import { editDepartment } from '#lib/commands/edit-department.ts'
import { inviteStaff } from '#lib/commands/invite-staff.ts'
import { renameDepartment } from '#lib/commands/rename-department.ts'
import { reopenDepartment } from '#lib/commands/reopen-department.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { newSecret } from '#lib/ids.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { departmentList, departmentPageSize } from '#lib/views/departments.ts'
import { insteadOfResume } from '#lib/views/materials.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { filledCase, submittedCase } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

const facts = {
  phone: '020-38622222',
  address: '广州市天河区软件路 13 号',
  hours: '工作日 9:00 至 17:00',
  reviewDays: '10',
  'proofs.contract': '1',
}

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const at = async (role: 'manager' | 'reviewer' | 'viewer', departmentId: string) =>
    (await makeStaff(deps, { role, departmentId })).actor
  const actors = {
    operator: (await makeStaff(deps, { role: 'operator' })).actor,
    city: await at('manager', places.guangzhou),
    district: await at('manager', places.tianhe),
    elsewhere: await at('manager', places.zhuhai),
    reviewer: await at('reviewer', places.tianhe),
    viewer: await at('viewer', places.guangdong),
    auditor: (await makeStaff(deps, { role: 'auditor' })).actor,
    applicant: (await makeApplicant(deps)).actor,
  }
  const node = async (id: string) => {
    const found = await departmentById(deps.store.read, deps.store.t, id)
    if (!found) throw new Error('no such department')
    return found
  }
  const events = async (kind: string) =>
    (await deps.store.read.select().from(deps.store.t.event).where(eq(deps.store.t.event.kind, kind))).map(
      ({ data, actorId }) => ({ ...data, actorId }),
    )
  return { deps, places, actors, node, events }
}

const chainTo = (...ids: string[]) => Object.fromEntries(ids.map((id, index) => [`target.${index + 1}`, id]))
const toYuexiu = { ...chainTo('440000', '440100', '440104'), confirmed: '1' }
const form = (departmentId: string, typed: Record<string, string>, version = 1) => ({
  departmentId,
  version,
  typed,
})

describeEachEngine('the editor of departments', (open) => {
  it('is nothing to whoever does not manage there, whatever they ask for', async () => {
    const { deps, places, actors, node } = await office(open)
    const before = await node(places.tianhe)
    const strangers: Actor[] = [
      actors.elsewhere,
      actors.reviewer,
      actors.viewer,
      actors.auditor,
      actors.applicant,
    ]
    for (const actor of strangers)
      for (const attempt of [
        () => editDepartment(deps, actor, form(places.tianhe, {})),
        () => renameDepartment(deps, actor, form(places.tianhe, { name: '' })),
        () => addDepartment(deps, actor, { parentId: places.guangzhou, typed: {}, turn: newSecret() }),
        () => closeDepartment(deps, actor, form(places.tianhe, {})),
        () => reopenDepartment(deps, actor, form(places.tianhe, {})),
        () => departmentList(deps, actor as typeof actors.city, { under: places.tianhe, after: '' }),
      ])
        expect(await outcomeOf(attempt())).toEqual(['not-found'])
    expect(await outcomeOf(editDepartment(deps, actors.operator, form('999999', facts)))).toEqual([
      'not-found',
    ])
    expect(await node(places.tianhe)).toEqual(before)
  })

  it('changes contact, review time and proofs once, for who has seen how it is', async () => {
    const { deps, places, actors, node, events } = await office(open)
    await editDepartment(deps, actors.district, form(places.tianhe, facts))
    await editDepartment(deps, actors.district, form(places.tianhe, facts))
    expect(await node(places.tianhe)).toMatchObject({
      phone: '020-38622222',
      reviewDays: 10,
      acceptedProofs: 'contract',
      version: 2,
    })
    expect(await events('department.edited')).toEqual([
      {
        department: places.tianhe,
        changed: 'phone address hours reviewDays acceptedProofs',
        reviewDays: 10,
        acceptedProofs: 'contract',
        actorId: actors.district.id,
      },
    ])
    const late = form(places.tianhe, { ...facts, reviewDays: '3' })
    expect(await outcomeOf(editDepartment(deps, actors.city, late))).toEqual(['stale'])
  })

  it('is won by one of two who change it at once', async () => {
    const { deps, places, actors, events } = await office(open)
    const two = await Promise.all(
      ['7', '8'].map((reviewDays) =>
        outcomeOf(editDepartment(deps, actors.city, form(places.tianhe, { ...facts, reviewDays }))),
      ),
    )
    expect(two.flat().sort()).toEqual(['done', 'stale'])
    expect(await events('department.edited')).toHaveLength(1)
  })

  it('tells everything that is wrong with the facts at once', async () => {
    const { deps, places, actors } = await office(open)
    const wrong = (typed: Record<string, string>) =>
      outcomeOf(editDepartment(deps, actors.city, form(places.tianhe, typed)))
    expect(
      await wrong({ phone: 'call me', address: 'x'.repeat(101), hours: '！', reviewDays: '61' }),
    ).toEqual([
      'refused',
      'telephone-format',
      'too-long',
      'text-blank',
      'department-review-days',
      'department-proofs',
    ])
    for (const reviewDays of ['', '0', '1.5', '-3', '61', '1e1'])
      expect(await wrong({ ...facts, reviewDays })).toEqual(['refused', 'department-review-days'])
    for (const reviewDays of ['1', '60', '６'])
      expect(
        (
          await outcomeOf(editDepartment(deps, actors.city, form(places.yuexiu, { ...facts, reviewDays }, 0)))
        )[0],
      ).toBe('stale')
  })

  it('is seen by applicants at once: contact, proofs asked for, days of the next submission', async () => {
    const { deps, places, actors } = await office(open)
    const { read, t } = deps.store
    const caseId = await filledCase(deps, actors.applicant, places.tianhe)
    const seen = async () => {
      const file = await caseFile(read, t, deps.keys, caseId)
      if (!file) throw new Error('no case')
      const draft = draftOf(file, dayOf(deps.clock.now()))
      return {
        phone: file.department?.phone,
        complete: draft.obstacles(['employment']).length === 0,
        taken: insteadOfResume(draft),
      }
    }
    expect(await seen()).toEqual({ phone: '', complete: true, taken: [] })
    await editDepartment(deps, actors.district, form(places.tianhe, facts))
    expect(await seen()).toMatchObject({ phone: '020-38622222', complete: false })
    const both = { ...facts, 'proofs.resume': '1', phone: '' }
    await editDepartment(deps, actors.district, form(places.tianhe, both, 2))
    expect(await seen()).toEqual({ phone: '', complete: true, taken: ['劳动合同'] })
    await submitCase(deps, actors.applicant, { caseId, declared: true })
    expect((await caseRow(deps, caseId)).dueOn).toBe('2026-12-04')
  })
})

describeEachEngine('renaming a department', (open) => {
  it('renames everything beneath with it, and keeps the seed from setting it back', async () => {
    const { deps, places, actors, node, events } = await office(open)
    await renameDepartment(deps, actors.city, form(places.guangzhou, { name: ' 穗城市 ' }))
    await renameDepartment(deps, actors.city, form(places.guangzhou, { name: '穗城市' }))
    expect(await node(places.guangzhou)).toMatchObject({ fullName: '广东省穗城市', version: 2 })
    expect(await node(places.tianhe)).toMatchObject({
      name: '天河区',
      fullName: '广东省穗城市天河区',
      version: 2,
    })
    expect(await node(places.guangzhouOwn)).toMatchObject({ fullName: '广东省穗城市本级', version: 2 })
    expect(await node(places.xiangzhou)).toMatchObject({ fullName: '广东省珠海市香洲区', version: 1 })
    expect(await events('department.renamed')).toHaveLength(1)
    const [two, three] = await Promise.all(
      ['甲市', '乙市'].map((name) =>
        outcomeOf(renameDepartment(deps, actors.city, form(places.guangzhou, { name }, 2))),
      ),
    )
    expect([two, three].flat().sort()).toEqual(['done', 'stale'])
    const { name } = await node(places.guangzhou)
    expect((await node(places.tianhe)).fullName).toBe(`广东省${name}天河区`)
  })

  it('refuses names that are none, that a sibling has, or that follow from above', async () => {
    const { deps, places, actors } = await office(open)
    const named = (id: string, name: string) =>
      outcomeOf(renameDepartment(deps, actors.city, form(id, { name })))
    expect(await named(places.tianhe, ' ')).toEqual(['refused', 'required'])
    expect(await named(places.tianhe, '区')).toEqual(['refused', 'too-short'])
    expect(await named(places.tianhe, '长'.repeat(41))).toEqual(['refused', 'too-long'])
    expect(await named(places.tianhe, '天/河')).toEqual(['refused', 'department-name-characters'])
    expect(await named(places.tianhe, '越秀区')).toEqual(['refused', 'department-name-taken'])
    expect(await named(places.tianhe, '本级')).toEqual(['refused', 'department-name-taken'])
    expect(await named(places.guangzhouOwn, '市直')).toEqual(['refused', 'department-own-name'])
    expect(
      await outcomeOf(renameDepartment(deps, actors.city, form(places.tianhe, { name: '东山区' }, 7))),
    ).toEqual(['stale'])
  })
})

describeEachEngine('adding a department', (open) => {
  const child = { childName: '南沙新区', childKind: 'county' }

  it('makes one that people can choose, once for each page it is asked from', async () => {
    const { deps, places, actors, node, events } = await office(open)
    const turn = newSecret()
    const asked = { parentId: places.guangzhou, typed: child, turn }
    const made = await Promise.all([1, 2].map(() => addDepartment(deps, actors.city, asked)))
    const { id } = await addDepartment(deps, actors.city, asked)
    expect(made.map((one) => one.id)).toEqual([id, id])
    expect(id).toMatch(/^d-[0-9a-f]{32}$/)
    expect(await node(id)).toMatchObject({
      path: `440000/440100/${id}`,
      level: 3,
      kind: 'county',
      fullName: '广东省广州市南沙新区',
      regionCode: '440100',
    })
    expect(await events('department.added')).toHaveLength(1)
    const below = await departmentsUnder(deps.store.read, deps.store.t, places.guangzhou)
    expect(below.at(-1)).toEqual({ id, name: '南沙新区' })
    const other = { ...asked, turn: newSecret() }
    expect(await outcomeOf(addDepartment(deps, actors.city, other))).toEqual([
      'refused',
      'department-name-taken',
    ])
    const twins = await Promise.all(
      [1, 2].map(() =>
        outcomeOf(
          addDepartment(deps, actors.city, {
            parentId: places.guangzhou,
            typed: { ...child, childName: '从化新区' },
            turn: newSecret(),
          }),
        ),
      ),
    )
    expect(twins.map(([answer]) => answer).sort()).toEqual(['done', 'refused'])
  })

  it('refuses what the tree has no place for', async () => {
    const { deps, places, actors } = await office(open)
    const added = (parentId: string, typed: Record<string, string>, actor: Actor = actors.operator) =>
      outcomeOf(addDepartment(deps, actor, { parentId, typed, turn: newSecret() }))
    expect(await added(places.guangzhou, {})).toEqual(['refused', 'required', 'required'])
    expect(await added(places.guangzhou, { ...child, childKind: 'city' })).toEqual(['refused', 'not-offered'])
    expect(await added(places.guangdong, { childName: '省直管县', childKind: 'county' })).toEqual(['done'])
    expect(await added(places.tianhe, child, actors.district)).toEqual(['refused', 'department-no-room'])
    expect(await added(places.guangzhouOwn, child)).toEqual(['refused', 'department-no-room'])
  })
})

describeEachEngine('closing a department', (open) => {
  it('ends its being chosen, its offices and its invitations from the first moment', async () => {
    const { deps, places, actors, node, events } = await office(open)
    const { read, t } = deps.store
    const invited = {
      name: '王新',
      role: 'reviewer',
      'department.1': places.guangdong,
      'department.2': places.guangzhou,
      'department.3': places.tianhe,
    }
    await inviteStaff(deps, actors.city, { typed: invited, turn: newSecret() })
    await closeDepartment(deps, actors.city, form(places.tianhe, toYuexiu))
    await closeDepartment(deps, actors.city, form(places.tianhe, toYuexiu))
    const closed = await node(places.tianhe)
    expect(closed).toMatchObject({ active: false, mergedInto: places.yuexiu, version: 2 })
    expect(await isSelectable(read, t, closed)).toBe(false)
    expect((await departmentsUnder(read, t, places.guangzhou)).map(({ id }) => id)).not.toContain(
      places.tianhe,
    )
    const held = await read.select().from(t.staffGrant).where(eq(t.staffGrant.departmentId, places.tianhe))
    expect(held.map(({ until }) => until)).toEqual([deps.clock.now(), deps.clock.now()])
    const [link] = await read.select().from(t.invitation)
    expect(link?.revokedAt).toEqual(deps.clock.now())
    expect(await events('department.closed')).toEqual([
      { department: places.tianhe, into: places.yuexiu, offices: 2, actorId: actors.city.id },
    ])
    expect(await events('staff.grant-ended')).toHaveLength(2)
    expect((await read.select().from(t.job)).map(({ data }) => data)).toEqual([{ department: places.tianhe }])
    // Whoever managed it manages nothing now.
    expect(await outcomeOf(editDepartment(deps, actors.district, form(places.tianhe, facts, 2)))).toEqual([
      'not-found',
    ])
    for (const attempt of [
      () => editDepartment(deps, actors.city, form(places.tianhe, facts, 2)),
      () => renameDepartment(deps, actors.city, form(places.tianhe, { name: '东山区' }, 2)),
    ])
      expect(await outcomeOf(attempt())).toEqual(['refused', 'department-closed'])
  })

  it('refuses, and changes nothing', async () => {
    const { deps, places, actors, node } = await office(open)
    const closed = (actor: Actor, id: string, typed: Record<string, string>, version = 1) =>
      outcomeOf(closeDepartment(deps, actor, form(id, typed, version)))
    const { city, district, operator } = actors
    expect(await closed(city, places.tianhe, {})).toEqual(['refused', 'required', 'department-unconfirmed'])
    const to = (...ids: string[]) => ({ ...chainTo(...ids), confirmed: '1' })
    expect(await closed(city, places.tianhe, to('440000', '440400', '440104'))).toEqual([
      'refused',
      'required',
    ])
    // What is wrong with the target is told beside the tick that is missing.
    for (const [ids, code] of [
      [['440000', '440400', '440104'], 'required'],
      [['440000', '440100'], 'department-target'],
      [['440000', '440100', '440106'], 'department-target-same'],
      [['440000', '440400', '440402'], 'department-target-outside'],
    ] as const)
      expect(await closed(city, places.tianhe, chainTo(...ids))).toEqual([
        'refused',
        code,
        'department-unconfirmed',
      ])
    expect(await closed(city, places.tianhe, chainTo('440000', '440100', '440104'))).toEqual([
      'refused',
      'department-unconfirmed',
    ])
    expect(await closed(district, places.tianhe, toYuexiu)).toEqual(['refused', 'department-own-node'])
    expect(await closed(city, places.guangzhou, toYuexiu)).toEqual(['refused', 'department-own-node'])
    expect(await closed(operator, places.guangzhou, to('440000', '440400', '440402'))).toEqual([
      'refused',
      'department-has-children',
    ])
    expect(await closed(city, places.tianhe, to('440000', '440100', '440106'))).toEqual([
      'refused',
      'department-target-same',
    ])
    expect(await closed(city, places.tianhe, to('440000', '440100'))).toEqual([
      'refused',
      'department-target',
    ])
    expect(await closed(city, places.tianhe, to('440000', '440400', '440402'))).toEqual([
      'refused',
      'department-target-outside',
    ])
    expect(await closed(city, places.tianhe, toYuexiu, 9)).toEqual(['stale'])
    expect(await node(places.tianhe)).toMatchObject({ active: true, version: 1 })
    await closeDepartment(deps, city, form(places.tianhe, toYuexiu))
    expect(await closed(city, places.tianhe, to('440000', '440100', '440100-own'), 2)).toEqual([
      'refused',
      'department-closed',
    ])
    expect(await closed(city, places.yuexiu, to('440000', '440100', '440106'))).toEqual([
      'refused',
      'required',
    ])
  })

  it('is done by one of two who would merge two departments into each other', async () => {
    const { deps, places, actors } = await office(open)
    const toTianhe = { ...chainTo('440000', '440100', '440106'), confirmed: '1' }
    const both = await Promise.all([
      outcomeOf(closeDepartment(deps, actors.city, form(places.tianhe, toYuexiu))),
      outcomeOf(closeDepartment(deps, actors.operator, form(places.yuexiu, toTianhe))),
    ])
    expect(both.map(([answer]) => answer).sort()).toEqual(['done', 'refused'])
    const below = await departmentsUnder(deps.store.read, deps.store.t, places.guangzhou)
    expect(below).toHaveLength(2)
  })

  it('is undone by reopening, once, and not beneath what is closed', async () => {
    const { deps, places, actors, node, events } = await office(open)
    await closeDepartment(deps, actors.city, form(places.tianhe, toYuexiu))
    const reopened = (actor: Actor, version: number) =>
      outcomeOf(reopenDepartment(deps, actor, { departmentId: places.tianhe, version }))
    expect(await reopened(actors.city, 1)).toEqual(['stale'])
    const { t } = deps.store
    const city = (active: boolean) =>
      deps.store.tx((q) =>
        q.update(t.department).set({ active }).where(eq(t.department.id, places.guangzhou)),
      )
    await city(false)
    expect(await reopened(actors.city, 2)).toEqual(['refused', 'department-parent-closed'])
    await city(true)
    expect(await reopened(actors.city, 2)).toEqual(['done'])
    expect(await reopened(actors.city, 2)).toEqual(['done'])
    expect(await node(places.tianhe)).toMatchObject({ active: true, mergedInto: null, version: 3 })
    expect(await events('department.reopened')).toHaveLength(1)
  })
})

describeEachEngine('the list of departments', (open) => {
  it('begins where the viewer’s scope begins and goes down level by level', async () => {
    const { deps, places, actors } = await office(open)
    const names = async (actor: typeof actors.city, under = '') =>
      (await departmentList(deps, actor, { under, after: '' })).rows.map(({ name }) => name)
    expect(await names(actors.operator)).toEqual(['广东省', '深圳市'])
    expect(await names(actors.city)).toEqual(['广东省广州市'])
    expect(await names(actors.city, places.guangzhou)).toEqual(['市本级', '越秀区', '天河区'])
    expect(await outcomeOf(names(actors.city, places.guangdong))).toEqual(['not-found'])
    expect((await departmentList(deps, actors.city, { under: places.guangzhou, after: '' })).chain).toEqual([
      { id: places.guangzhou, name: '广州市' },
    ])
  })

  it('turns its pages without losing or repeating a department', async () => {
    const { deps, places, actors } = await office(open)
    const { t } = deps.store
    const more = Array.from({ length: departmentPageSize + 5 }, (_, index) => ({
      id: `x-${index}`,
      parentId: places.zhuhai,
      path: `440000/440400/x-${index}`,
      level: 3,
      kind: 'county' as const,
      name: `第${index}区`,
      fullName: `广东省珠海市第${index}区`,
      // The same place in the order: the id decides.
      sort: 9999,
      active: true,
      createdAt: deps.clock.now(),
    }))
    await deps.store.tx((q) => q.insert(t.department).values(more))
    const first = await departmentList(deps, actors.elsewhere, { under: places.zhuhai, after: '' })
    const second = await departmentList(deps, actors.elsewhere, {
      under: places.zhuhai,
      after: first.next ?? '',
    })
    expect(first.rows).toHaveLength(departmentPageSize)
    expect([first.continued, second.continued, second.next]).toEqual([false, true, null])
    const ids = [...first.rows, ...second.rows].map(({ id }) => id)
    expect(new Set(ids).size).toBe(more.length + 2)
    expect(ids).toHaveLength(more.length + 2)
  })

  it('shows where cases wait and nobody reviews, there and to everybody above', async () => {
    const { deps, places, actors } = await office(open)
    const { t } = deps.store
    const caseId = await submittedCase(deps, actors.applicant, places.tianhe)
    const flagged = async () => {
      const { rows } = await departmentList(deps, actors.city, { under: places.guangzhou, after: '' })
      return rows.filter(({ isUnattended }) => isUnattended).map(({ id }) => id)
    }
    const above = async (actor: typeof actors.city) =>
      (await departmentList(deps, actor, { under: '', after: '' })).unattended.map(({ id }) => id)
    expect(await flagged()).toEqual([])
    // Who manages there reviews there too.
    await deps.store.tx((q) =>
      q.update(t.account).set({ status: 'suspended' }).where(eq(t.account.id, actors.district.id)),
    )
    expect(await flagged()).toEqual([])
    const reviewer = (change: Partial<typeof t.account.$inferInsert>) =>
      deps.store.tx((q) => q.update(t.account).set(change).where(eq(t.account.id, actors.reviewer.id)))
    await reviewer({ status: 'suspended' })
    expect(await flagged()).toEqual([places.tianhe])
    expect(await above(actors.operator)).toEqual([places.tianhe])
    expect(await above(actors.city)).toEqual([places.tianhe])
    expect(await above(actors.elsewhere)).toEqual([])
    await reviewer({ status: 'active', awayUntil: dayOf(deps.clock.now()) })
    expect(await flagged()).toEqual([places.tianhe])
    await reviewer({ awayUntil: '' })
    expect(await flagged()).toEqual([])
    await deps.store.tx((q) =>
      q
        .update(t.staffGrant)
        .set({ until: deps.clock.now() })
        .where(and(eq(t.staffGrant.accountId, actors.reviewer.id))),
    )
    expect(await flagged()).toEqual([places.tianhe])
    await deps.store.tx((q) =>
      q.update(t.serviceCase).set({ state: 'approved' }).where(eq(t.serviceCase.id, caseId)),
    )
    expect(await flagged()).toEqual([])
  })
})
