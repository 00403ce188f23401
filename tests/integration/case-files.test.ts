import { randomBytes } from 'node:crypto'
import { expect, it } from 'vitest'
import { attachFile, mayAttach, removeFile, type SlotPlace } from '#lib/commands/attach-file.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { withdrawCase } from '#lib/commands/withdraw-case.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { newFileKey } from '#lib/files/store.ts'
import { pictureFor } from '#lib/views/file.ts'
import { everythingOf, placed, placesOf } from '#tests/support/case-state.ts'
import { filledCase, putPicture, rowIds, typedRows, typeRow } from '#tests/support/cases.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import { describeEachEngine, type Open } from '#tests/support/stores.ts'

async function office(open: Open) {
  const deps = testDeps(await open())
  const places = await seedDepartments(deps)
  const { actor } = await makeApplicant(deps)
  return { deps, places, actor }
}

/** A draft with one job of class （一） and its post, without pictures; consent is given unless said. */
async function draft(open: Open, { consent = true } = {}) {
  const scene = await office(open)
  const { deps, actor } = scene
  const caseId = await openDraft(deps, actor, 'collection')
  if (consent) await giveConsent(deps, actor, { purpose: 'collection' })
  const job = { caseId, section: 'employment', rowId: rowIds.employment } as const
  await typeRow(deps, actor, job, typedRows.employment)
  const put = (section: SlotPlace['section'], rowId: string, slot: string) =>
    putPicture(deps, actor, { caseId, section, rowId, slot })
  return { ...scene, caseId, put }
}

const picture = (deps: TestDeps) => ({
  storageKey: newFileKey(),
  format: 'jpeg' as const,
  bytes: 30_000,
  width: 600,
  height: 800,
  name: 'a.jpg',
  digest: deps.keys.digest('picture', randomBytes(8)),
})

describeEachEngine('attaching a picture', (open) => {
  it.each(['portrait', 'idFront', 'idBack'])('%s of a person needs consent first', async (slot) => {
    const { deps, actor, caseId } = await draft(open, { consent: false })
    const place = { caseId, section: 'basic', rowId: 'main', slot } as const
    const before = await everythingOf(deps, caseId)
    expect(await outcomeOf(mayAttach(deps, actor, place))).toEqual(['refused', 'consent-required'])
    expect(await outcomeOf(attachFile(deps, actor, { ...place, picture: picture(deps) }))).toEqual([
      'refused',
      'consent-required',
    ])
    expect(await everythingOf(deps, caseId)).toEqual(before)
    // Consent to the other purpose is not this one.
    await giveConsent(deps, actor, { purpose: 'identity' })
    expect(await outcomeOf(mayAttach(deps, actor, place))).toEqual(['refused', 'consent-required'])
    await giveConsent(deps, actor, { purpose: 'collection' })
    expect(await mayAttach(deps, actor, place)).toMatchObject({ max: 1 })
  })

  it('for 实名认证 needs a consent of its own', async () => {
    const { deps, actor } = await office(open)
    const caseId = await openDraft(deps, actor, 'identity')
    await giveConsent(deps, actor, { purpose: 'collection' })
    const place = { caseId, section: 'identity', rowId: 'main', slot: 'face' } as const
    expect(await outcomeOf(mayAttach(deps, actor, place))).toEqual(['refused', 'consent-required'])
    await giveConsent(deps, actor, { purpose: 'identity' })
    expect(await outcomeOf(mayAttach(deps, actor, place))).toEqual(['done'])
  })

  it('of a diploma or a job needs none', async () => {
    const { deps, caseId, put } = await draft(open, { consent: false })
    await put('employment', rowIds.employment, 'creditProof')
    expect(await placesOf(deps, caseId)).toEqual([`employment/${rowIds.employment}/creditProof`])
  })

  it('consented to twice is one consent', async () => {
    const { deps, actor } = await draft(open)
    await Promise.all([1, 2, 3].map(() => giveConsent(deps, actor, { purpose: 'collection' })))
    expect(await deps.store.read.select().from(deps.store.t.consent)).toHaveLength(1)
  })

  it('into a slot of one replaces what it held', async () => {
    const { deps, actor, caseId, put } = await draft(open)
    await put('basic', 'main', 'portrait')
    const [first] = await placed(deps, caseId)
    await put('basic', 'main', 'idFront')
    await put('basic', 'main', 'portrait')
    expect(await placesOf(deps, caseId)).toEqual(['basic/main/idFront', 'basic/main/portrait'])
    expect((await placed(deps, caseId)).map(({ fileId }) => fileId)).not.toContain(first?.fileId)
    // Many at once still leave one.
    const place = { caseId, section: 'basic', rowId: 'main', slot: 'portrait' } as const
    await Promise.all(
      Array.from({ length: 6 }, () =>
        outcomeOf(attachFile(deps, actor, { ...place, picture: picture(deps) })),
      ),
    )
    expect(await placesOf(deps, caseId)).toEqual(['basic/main/idFront', 'basic/main/portrait'])
  })

  it('into a slot of six is refused at the seventh, also when they come at once', async () => {
    const { deps, actor, caseId, put } = await draft(open)
    const place = { caseId, section: 'employment', rowId: rowIds.employment, slot: 'workProof' } as const
    for (let n = 0; n < 4; n++) await put('employment', rowIds.employment, 'workProof')
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        outcomeOf(attachFile(deps, actor, { ...place, picture: picture(deps) })),
      ),
    )
    expect(answers.filter(([code]) => code === 'done')).toHaveLength(2)
    expect(answers.filter(([, code]) => code === 'slot-full')).toHaveLength(3)
    const before = await everythingOf(deps, caseId)
    expect(before.files).toHaveLength(6)
    expect(before.stored).toBe(6)
    expect(await outcomeOf(put('employment', rowIds.employment, 'workProof'))).toEqual([
      'refused',
      'slot-full',
    ])
    expect(await everythingOf(deps, caseId)).toEqual(before)
    const [one] = before.files
    await removeFile(deps, actor, { caseId, attachmentId: one?.attachmentId ?? '' })
    await put('employment', rowIds.employment, 'workProof')
  })

  it.each([
    ['an unknown row', 'employment', 'jobrow9', 'creditProof'],
    ['an unknown nested row', 'employment', 'jobrow1p9', 'appointment'],
    ['an unknown slot', 'employment', rowIds.employment, 'diary'],
    ['a name every object has', 'employment', rowIds.employment, 'constructor'],
    ['a slot of the nested row', 'employment', rowIds.employment, 'appointment'],
    ['a slot of the row around it', 'employment', rowIds.post, 'creditProof'],
    ['a shared slot at a row', 'employment', rowIds.employment, 'resume'],
    ['a slot of a row at all of them', 'employment', 'all', 'creditProof'],
    ['a section without rows yet', 'education', rowIds.education, 'diploma'],
    ['the row of a form in a list', 'employment', 'main', 'creditProof'],
    ['a section of another kind of case', 'identity', 'main', 'face'],
  ] as const)('is a 404 for %s', async (_, section, rowId, slot) => {
    const { deps, actor, caseId } = await draft(open)
    const place = { caseId, section, rowId, slot }
    const before = await everythingOf(deps, caseId)
    expect(await outcomeOf(mayAttach(deps, actor, place))).toEqual(['not-found'])
    expect(await outcomeOf(attachFile(deps, actor, { ...place, picture: picture(deps) }))).toEqual([
      'not-found',
    ])
    expect(await everythingOf(deps, caseId)).toEqual(before)
  })

  it('seals its name and asks nothing of a form that was not saved yet', async () => {
    const { deps, caseId, put } = await draft(open)
    await put('basic', 'main', 'portrait')
    const [stored] = await deps.store.read.select().from(deps.store.t.storedFile)
    expect(stored?.nameSealed.startsWith(deps.keys.header)).toBe(true)
    expect((await placed(deps, caseId)).map(({ name }) => name)).toEqual(['portrait.jpg'])
  })
})

describeEachEngine('taking a picture out', (open) => {
  it('twice is no error, and one of another case is left alone', async () => {
    const { deps, actor, caseId, put } = await draft(open)
    await put('basic', 'main', 'portrait')
    const { actor: other } = await makeApplicant(deps)
    const theirs = await openDraft(deps, other, 'collection')
    const [mine] = await placed(deps, caseId)
    const attachmentId = mine?.attachmentId ?? ''
    await removeFile(deps, other, { caseId: theirs, attachmentId })
    await removeFile(deps, actor, { caseId, attachmentId: 'nothing' })
    expect(await placesOf(deps, caseId)).toEqual(['basic/main/portrait'])
    await removeFile(deps, actor, { caseId, attachmentId })
    const before = await everythingOf(deps, caseId)
    await removeFile(deps, actor, { caseId, attachmentId })
    expect(await everythingOf(deps, caseId)).toEqual(before)
    expect(before.files).toEqual([])
  })
})

describeEachEngine('looking at a picture (SEC-3, REV-6)', (open) => {
  async function submitted(opened: Open) {
    const scene = await office(opened)
    const { deps, actor, places } = scene
    const caseId = await filledCase(deps, actor, places.tianhe)
    const fileOf = async (slot: string) => {
      const found = (await placed(deps, caseId)).find((one) => one.slot === slot)
      if (!found) throw new Error(`nothing in ${slot}`)
      return found.fileId
    }
    const { actor: reviewer } = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe })
    const look = (who: Actor, fileId: string) => outcomeOf(pictureFor(deps, who, fileId))
    const looks = () => deps.store.read.select().from(deps.store.t.accessLog)
    return { ...scene, caseId, fileOf, reviewer, look, looks }
  }

  it('is for its owner, who is not logged', async () => {
    const { deps, actor, fileOf, looks } = await submitted(open)
    const { format, bytes } = await pictureFor(deps, actor, await fileOf('portrait'))
    expect([format, bytes.length]).toEqual(['jpeg', 64])
    expect(await looks()).toEqual([])
  })

  it('is for a reviewer in scope once it was submitted, and each look is logged', async () => {
    const { deps, actor, caseId, fileOf, reviewer, look, looks } = await submitted(open)
    const portrait = await fileOf('portrait')
    expect(await look(reviewer, portrait)).toEqual(['not-found'])
    expect(await looks()).toEqual([])
    await submitCase(deps, actor, { caseId, declared: true })
    expect(await look(reviewer, portrait)).toEqual(['done'])
    expect(await look(reviewer, portrait)).toEqual(['done'])
    expect(await looks()).toMatchObject(
      [1, 2].map(() => ({
        actorId: reviewer.id,
        personId: actor.id,
        caseId,
        what: 'picture',
        subject: portrait,
      })),
    )
  })

  it('is for nobody else', async () => {
    const { deps, actor, places, caseId, fileOf, look, looks } = await submitted(open)
    await submitCase(deps, actor, { caseId, declared: true })
    const portrait = await fileOf('portrait')
    const { actor: other } = await makeApplicant(deps)
    expect(await look(other, portrait)).toEqual(['not-found'])
    const outsiders = [
      { role: 'reviewer', departmentId: places.yuexiu },
      { role: 'reviewer', departmentId: places.shenzhen },
      { role: 'viewer', departmentId: places.tianhe },
      { role: 'auditor', departmentId: null },
      { role: 'operator', departmentId: null },
    ] as const
    for (const wish of outsiders) {
      const { actor: staff } = await makeStaff(deps, wish)
      expect([wish, await look(staff, portrait)]).toEqual([wish, ['not-found']])
    }
    expect(await look(actor, 'no-such-file')).toEqual(['not-found'])
    expect(await looks()).toEqual([])
  })

  it('is not for reviewers while it is in the draft alone', async () => {
    const { deps, actor, caseId, fileOf, reviewer, look } = await submitted(open)
    await submitCase(deps, actor, { caseId, declared: true })
    const frozen = await fileOf('portrait')
    await withdrawCase(deps, actor, { caseId })
    expect(await look(reviewer, frozen)).toEqual(['not-found'])
    await putPicture(deps, actor, { caseId, section: 'basic', rowId: 'main', slot: 'portrait' })
    const replaced = await fileOf('portrait')
    // Ids of one millisecond have no order among themselves.
    deps.clock.advance(1)
    await putPicture(deps, actor, { caseId, section: 'employment', rowId: 'all', slot: 'resume' })
    const dropped = (await placed(deps, caseId)).filter(({ slot }) => slot === 'resume').at(-1)
    await removeFile(deps, actor, { caseId, attachmentId: dropped?.attachmentId ?? '' })
    await submitCase(deps, actor, { caseId, declared: true })
    expect(await look(reviewer, replaced)).toEqual(['done'])
    // What an earlier round froze is still part of the case; what no round ever showed is not.
    expect(await look(reviewer, frozen)).toEqual(['done'])
    expect(await look(reviewer, dropped?.fileId ?? '')).toEqual(['not-found'])
    expect(await look(actor, dropped?.fileId ?? '')).toEqual(['done'])
  })

  it('of an owner who also reviews is not logged as a look of theirs into another’s case', async () => {
    const { deps, actor, places, caseId, fileOf, looks } = await submitted(open)
    await submitCase(deps, actor, { caseId, declared: true })
    const grants = [{ role: 'reviewer' as const, departmentId: places.tianhe, path: '440000/440100/440106' }]
    await pictureFor(deps, { kind: 'staff', id: actor.id, sessionId: 's', grants }, await fileOf('portrait'))
    expect(await looks()).toEqual([])
  })

  it('is not shown to a reviewer while the look cannot be written down', async () => {
    const { deps, actor, places, caseId, fileOf } = await submitted(open)
    await submitCase(deps, actor, { caseId, declared: true })
    const grants = [{ role: 'reviewer' as const, departmentId: places.tianhe, path: '440000/440100/440106' }]
    const reviewer = { kind: 'staff' as const, id: 'somebody-else', sessionId: 's', grants }
    const full = Object.assign(new Error('A query failed: SQLITE_FULL'), { code: 'SQLITE_FULL' })
    const store = Object.assign(Object.create(deps.store), { tx: () => Promise.reject(full) })
    const fileId = await fileOf('portrait')
    await expect(pictureFor({ ...deps, store }, reviewer, fileId)).rejects.toBe(full)
    expect((await pictureFor({ ...deps, store }, actor, fileId)).bytes.length).toBeGreaterThan(0)
  })

  it('is lost when its bytes are gone', async () => {
    const { deps, actor, fileOf, look } = await submitted(open)
    const portrait = await fileOf('portrait')
    const rows = await deps.store.read.select().from(deps.store.t.storedFile)
    await deps.files.delete(rows.find(({ id }) => id === portrait)?.storageKey ?? '')
    expect(await look(actor, portrait)).toEqual(['lost'])
  })
})
