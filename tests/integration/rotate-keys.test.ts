/** Everything under an older key is written anew, beside a running server, and the older key can go (SEC-2, OPS-2). */
import { eq, sql } from 'drizzle-orm'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeAppKeys } from '#db/crypto.ts'
import {
  accountById,
  accountByPhone,
  accountsByNumber,
  ownAccountsOf,
  reviewerFacts,
} from '#db/queries/accounts.ts'
import { caseFile } from '#db/queries/case-file.ts'
import { openSnapshot, roundsOf } from '#db/queries/cases.ts'
import { keepEcho, readEcho } from '#db/queries/echoes.ts'
import { picturesElsewhere } from '#db/queries/files.ts'
import { openPrinted, receiptContext } from '#db/queries/receipts.ts'
import { isUnique, type Store } from '#db/store.ts'
import { attachFile } from '#lib/commands/attach-file.ts'
import { checkReceipt } from '#lib/commands/check-receipt.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { register } from '#lib/commands/register.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { searchCases } from '#lib/commands/search-cases.ts'
import { accountIndex, nameColumns } from '#lib/commands/support/account-row.ts'
import { holdAlone } from '#lib/commands/support/hold-alone.ts'
import { judgeClaim } from '#lib/domain/claims.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isSameOwn } from '#lib/domain/own-identity.ts'
import { newFileKey } from '#lib/files/store.ts'
import { passersSeenBy } from '#lib/readers/own-case.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { identityKeysOf } from '#lib/schemas/account.ts'
import { ownData } from '#lib/views/own-data.ts'
import { recordView } from '#lib/views/record.ts'
import { reviewCase } from '#lib/views/review-case.ts'
import { rosterView } from '#lib/views/rosters.ts'
import { plan } from '#ops/rotate/plan.ts'
import { rotateKeys } from '#ops/rotate/rotate.ts'
import { rotate } from '#ops/rotate-keys.ts'
import { verify } from '#ops/verify.ts'
import { rowsOf } from '#tests/support/case-state.ts'
import { typeDepartment, typedRows } from '#tests/support/cases.ts'
import { sentCode, testBrowser } from '#tests/support/codes.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  newPhone,
  seedDepartments,
  type TestDeps,
} from '#tests/support/deps.ts'
import { rowsOf as exportedRows } from '#tests/support/exports.ts'
import { outcomeOf } from '#tests/support/refusals.ts'
import {
  bringIn,
  degreeSubject,
  generations,
  heldFiles,
  sealedWorld,
  under,
} from '#tests/support/sealed-world.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

/** How many values of each sealed column, index and hash of the plan are in the store, by `table.column`. */
async function filled({ read, t }: Store): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (const part of plan) {
    const rows: readonly Record<string, unknown>[] = await read.select().from(t[part.table])
    for (const column of [...part.sealed.keys(), ...part.derived.keys()])
      counts.set(
        `${part.table}.${column}`,
        rows.filter((row) => row[column] !== '' && row[column] !== null).length,
      )
  }
  return counts
}

const verified = async (deps: TestDeps, withKeys = true) => {
  const said: string[] = []
  const faults = await verify(deps, null, (line) => said.push(line), withKeys)
  return { faults, said }
}

describeEachEngine('rotate-keys', (open) => {
  const rings = generations()

  describe('a store with everything in it', () => {
    let store: Store
    let files: ReturnType<typeof heldFiles>
    let old: TestDeps
    let world: Awaited<ReturnType<typeof sealedWorld>>
    let now: Date
    let versions: unknown
    const versionsNow = async () => ({
      accounts: await store.read
        .select({ id: store.t.account.id, version: store.t.account.version })
        .from(store.t.account)
        .orderBy(store.t.account.id),
      sections: await store.read
        .select({ id: store.t.caseSection.caseId, version: store.t.caseSection.version })
        .from(store.t.caseSection)
        .orderBy(store.t.caseSection.caseId, store.t.caseSection.section),
    })

    beforeAll(async () => {
      store = await open()
      files = heldFiles()
      old = under(rings.first, store, files)
      world = await sealedWorld(old)
      old.clock.advance(60_000)
      now = old.clock.now()
      versions = await versionsNow()
    }, 60_000)

    it('has a value in every column of the plan', async () => {
      const empty = [...(await filled(store))].filter(([, values]) => values === 0).map(([place]) => place)
      expect(empty).toEqual([])
    })

    it('tells what waits before, and is whole afterwards', async () => {
      const both = under(rings.both, store, files, now)
      expect((await verified(both)).said.join('\n')).toMatch(
        /keys: \d+ rows, [1-9]\d* of them under an older key/,
      )
      const said: string[] = []
      expect(await rotate(both, false, (line) => said.push(line))).toBe(true)
      expect(said.at(-1)).toBe('everything that opens is under k2: k1 can be left out')
      expect(said.join('\n')).toContain('1 members of staff have recovery codes from before')
      const { faults, said: after } = await verified(both)
      expect(after.filter((line) => line.startsWith('wrong'))).toEqual([])
      expect(faults).toBe(0)
      expect(after.join('\n')).toMatch(/keys: \d+ rows, 0 of them under an older key/)
    })

    it('changes nothing a second time, and nothing that a form was opened with', async () => {
      const both = under(rings.both, store, files, now)
      const done = await rotateKeys(both)
      expect([done.rows, done.files, done.waiting, done.left.size]).toEqual([0, 0, 0, 0])
      expect(await versionsNow()).toEqual(versions)
      const events = await store.read
        .select()
        .from(store.t.event)
        .where(eq(store.t.event.kind, 'keys.rotated'))
      expect(events.map(({ data }) => data)).toEqual([
        { key: 'k2', rows: expect.any(Number), files: expect.any(Number) },
      ])
    })

    it('is read, looked up and verified with the new key alone', async () => {
      const deps = under(rings.second, store, files, now)
      const { read, t } = store
      const { keys } = deps
      expect((await verified(deps)).faults).toBe(0)
      const { person, returned, drafting, manager, twin } = world
      // Every file, every case, every record.
      for (const key of files.held.keys()) expect(await deps.files.get(key)).not.toBeNull()
      for (const caseId of [world.changeId, world.draftId, world.returnedId, world.refusedId]) {
        const file = await caseFile(read, t, keys, caseId)
        expect(file?.case.id).toBe(caseId)
        for (const round of await roundsOf(read, t, caseId)) openSnapshot(keys, round)
      }
      expect((await caseFile(read, t, keys, world.returnedId))?.findings[0]?.note).toBe('请上传毕业证书')
      const review = await reviewCase(deps, person.reviewer, world.changeId)
      expect(JSON.stringify(review)).toContain('财务管理')
      expect(await recordView(deps, person.actor)).not.toBeNull()
      expect(JSON.stringify((await ownData(deps, person.actor)).data)).toContain(person.number)
      expect(await rosterView(deps, person.reviewer, world.rosterId)).not.toBeNull()
      expect((await exportedRows(deps, manager, world.exportId)).length).toBeGreaterThan(1)
      expect((await checkReceipt(deps, { typed: world.paper, address: '192.0.2.7' }))?.state).toBe('same')
      const subject = degreeSubject(returned.number)
      const { records } = (await deps.registers?.look('education', subject)) ?? { records: null }
      expect(judgeClaim('education', subject, records).state).toBe('agrees')
      // By name, number, phone and identity.
      const found = async (text: string) => (await searchCases(deps, person.reviewer, text)).ids
      for (const text of [returned.number, returned.phone])
        expect(await found(text)).toEqual([world.returnedId])
      expect(await accountByPhone(read, t, keys, drafting.phone)).toMatchObject({ name: '欧阳·娜娜' })
      const identityKeys = identityKeysOf(drafting.number, dayOf(now))
      const named = await accountsByNumber(read, t, keys, { number: '', identityKeys })
      expect(named.map(({ id }) => id)).toEqual([drafting.actor.id])
      expect(await accountById(read, t, keys, person.actor.id)).toMatchObject({ nextPhone: '13900001111' })
      // Whom the office says they are is still one person.
      const [one, other] = await Promise.all(
        [manager.id, twin.id].map((id) => accountById(read, t, keys, id)),
      )
      expect(one?.ownIdentityIndex).toBe(other?.ownIdentityIndex)
      expect(one?.ownIdentityIndex).toBe(keys.blind('identity', `mainland_id:${world.ownNumber}`))
    })

    it('brings a register in again over what is there', async () => {
      const deps = under(rings.second, store, files, new Date(now.getTime() + 60_000))
      const held = async () => (await store.read.select().from(store.t.registerEntry)).length
      const before = await held()
      await bringIn(deps, world.returned.number)
      expect(await held()).toBe(before)
    })
  })

  /** A world under the first key, and the same store and files as a process with other keys has them. */
  const anew = async () => {
    const store = await open()
    const files = heldFiles()
    const world = await sealedWorld(under(rings.first, store, files))
    // Later than anything in it, and not so late that its links are overdue.
    const now = new Date('2026-11-21T02:05:00Z')
    return { store, files, world, as: (ring: string, over = store) => under(ring, over, files, now) }
  }

  it('goes on where it was ended, and keeps what was done', async () => {
    const { store, as } = await anew()
    const both = as(rings.both)
    const { keyRotation } = store.t
    const progress = async () => {
      const rows = await store.read.select().from(keyRotation).orderBy(keyRotation.part)
      return rows.map(({ part, after, changed, doneAt }) => ({
        part,
        after,
        changed,
        isDone: doneAt !== null,
      }))
    }
    let rows = 0
    for (const [after, batch] of [
      [3, 2],
      [9, 2],
      [1, 1],
    ] as const) {
      let batches = 0
      const killed = rotateKeys(both, {
        batch,
        onBatch: () => {
          batches += 1
          if (batches === after) throw new Error('killed')
        },
      })
      await expect(killed).rejects.toThrow('killed')
      const done = (await progress()).reduce((sum, { changed }) => sum + changed, 0)
      expect(done).toBeGreaterThan(rows)
      rows = done
    }
    expect((await progress()).some(({ isDone }) => isDone)).toBe(true)
    expect((await progress()).every(({ isDone }) => isDone)).toBe(false)
    const done = await rotateKeys(both, { batch: 5 })
    expect([done.waiting, done.left.size, done.twins]).toEqual([0, 0, []])
    expect((await progress()).every(({ isDone }) => isDone)).toBe(true)
    const total = (await progress()).reduce((sum, { changed }) => sum + changed, 0)
    expect(total).toBe(rows + done.rows)
    expect(await verified(as(rings.second))).toMatchObject({ faults: 0 })
    // Nothing of it is asked for again, unless somebody does.
    expect((await rotateKeys(both, { again: true })).rows).toBe(0)
  })

  it('runs twice at once and beside servers that save, and what they save is kept', async () => {
    const { store, world, as } = await anew()
    // The newer key reads there, and does not write yet.
    const behind = as(rings.both.split(',').toReversed().join(','))
    const ahead = as(rings.both)
    const { person, drafting, draftId } = world
    const at = { caseId: draftId, section: 'basic', rowId: 'main' } as const
    const save = async (deps: TestDeps, address: string) => {
      const [row] = await rowsOf(deps, draftId, 'basic')
      const form = asPosted({ ...typedRows.basic, address })
      await saveEntry(deps, drafting.actor, { ...at, rev: row?.rev ?? 0, form })
    }
    const most = 16
    let saves = 0
    /** Before a batch is written somebody saves what it has read, under either key. */
    const tx: Store['tx'] = async (fn, how) => {
      if (saves < most) {
        saves += 1
        await save(saves % 2 === 0 ? ahead : behind, `第 ${saves} 次保存`)
        const name = `第${saves}人`
        const named = saves % 2 === 0 ? behind : ahead
        await store.tx((q) =>
          q
            .update(store.t.account)
            .set(nameColumns(named, person.actor.id, name))
            .where(eq(store.t.account.id, person.actor.id)),
        )
      }
      return store.tx(fn, how)
    }
    const raced: Store = Object.create(store, { tx: { value: tx } })
    const other = as(rings.both, await open.again(store))
    const [done, twice] = await Promise.all([
      rotateKeys(as(rings.both, raced), { batch: 3 }),
      rotateKeys(other, { batch: 4 }),
    ])
    expect(saves).toBe(most)
    expect(done.rows + twice.rows).toBeGreaterThan(0)
    const last = await rotateKeys(ahead)
    expect([last.waiting, last.left.size, last.twins]).toEqual([0, 0, []])
    const deps = as(rings.second)
    const [row] = await rowsOf(deps, draftId, 'basic')
    expect(row?.values.address).toBe(`第 ${most} 次保存`)
    const account = await accountById(store.read, store.t, deps.keys, person.actor.id)
    expect([account?.name, account?.nameIndex]).toEqual([
      `第${most}人`,
      accountIndex.name(deps, `第${most}人`),
    ])
    expect(await verified(deps)).toMatchObject({ faults: 0 })
  })

  it('names the key that is needed where the ring does not have it, and changes nothing', async () => {
    const { store, world, as } = await anew()
    const before = await store.read.select().from(store.t.account).orderBy(store.t.account.id)
    const lost = as(rings.second)
    const said: string[] = []
    expect(await rotate(lost, false, (line) => said.push(line))).toBe(false)
    const told = said.join('\n')
    expect(told).toMatch(/the key k1 is needed, and APP_KEYS does not have it: .*\d+ of account.nameSealed/)
    expect(told).toMatch(/\d+ of files/)
    for (const secret of [world.person.name, world.person.number, world.person.phone])
      expect(told).not.toContain(secret)
    expect(await store.read.select().from(store.t.account).orderBy(store.t.account.id)).toEqual(before)
    const { faults, said: wrong } = await verified(lost)
    expect(faults).toBeGreaterThan(0)
    expect(wrong.join('\n')).toMatch(/caseSection \[.*rowsSealed asks for the key k1/)
    // With it everything is well.
    expect(await rotate(as(rings.both), true, () => undefined)).toBe(true)
    expect(await verified(lost)).toMatchObject({ faults: 0 })
  })

  it('tells a damaged value and a missing file, which keep no key in the ring', async () => {
    const { store, files, world, as } = await anew()
    const [missing = '', damaged = ''] = files.held.keys()
    files.held.delete(missing)
    files.held.get(damaged)?.fill(0, 30)
    const { finding } = store.t
    await store.tx((q) => q.update(finding).set({ noteSealed: sql`${finding.noteSealed} || 'AAAA'` }))
    const said: string[] = []
    expect(await rotate(as(rings.both), false, (line) => said.push(line))).toBe(false)
    const told = said.join('\n')
    expect(told).toContain('damaged, they do not open under their key k1: 1 of finding.noteSealed')
    expect(told).toContain('1 files are missing')
    expect(told).toContain('1 files are damaged')
    expect(said.at(-1)).toContain('k1 can be left out')
    // Pages that only name them go on.
    const deps = as(rings.second)
    expect(await caseFile(store.read, store.t, deps.keys, world.draftId)).not.toBeNull()
  })

  it('finds out whom the office named before that was kept, where they are an applicant', async () => {
    const { store, world, as } = await anew()
    const { account, invitation } = store.t
    const first = as(rings.first)
    const applicant = await makeApplicant(first)
    const known = await makeStaff(first, { role: 'viewer', departmentId: '440106', number: applicant.number })
    await store.tx((q) => q.update(account).set({ ownIdentitySealed: '' }))
    await store.tx((q) => q.update(invitation).set({ ownIdentitySealed: '' }))
    const both = as(rings.both)
    const own = async (deps: TestDeps, id: string) =>
      (await reviewerFacts(store.read, store.t, deps.keys, id)).own
    const before = await own(both, known.actor.id)
    expect(await ownAccountsOf(store.read, store.t, both.keys, known.actor.id)).toEqual([applicant.actor.id])
    const done = await rotateKeys(both)
    // Two members of staff and an open invitation under a number that no applicant has.
    expect(done.ownIdentities).toBe(3)
    expect(isSameOwn(before, await own(both, known.actor.id))).toBe(true)
    const second = as(rings.second)
    expect(await ownAccountsOf(store.read, store.t, second.keys, known.actor.id)).toEqual([
      applicant.actor.id,
    ])
    // The others are compared as before, as long as the older key is there.
    expect(isSameOwn(await own(both, world.manager.id), await own(both, world.twin.id))).toBe(true)
  })

  it('keeps receipts true that were made before their content was kept', async () => {
    const { store, world, as } = await anew()
    const { receipt, person } = store.t
    const forget = async ({ keys }: TestDeps) => {
      const [row] = await store.read.select().from(receipt)
      if (!row) throw new Error('no receipt')
      const { content, ...earlier } = openPrinted(keys, row)
      expect(content).not.toBe('')
      const paperSealed = keys.seal(JSON.stringify(earlier), receiptContext(row.code))
      await store.tx((q) => q.update(receipt).set({ paperSealed }))
    }
    await forget(as(rings.first))
    const [both, second] = [as(rings.both), as(rings.second)]
    expect((await rotateKeys(both)).outdated).toBe(0)
    expect((await checkReceipt(second, { typed: world.paper, address: '192.0.2.7' }))?.state).toBe('same')
    // One that says something else by now keeps saying so.
    await forget(both)
    await store.tx((q) => q.update(person).set({ email: 'another@example.com' }))
    const third = makeAppKeys(rings.second)
    expect((await rotateKeys(as(third))).outdated).toBe(1)
    const state = async (ring: string) =>
      (await checkReceipt(as(ring), { typed: world.paper, address: '192.0.2.7' }))?.state
    expect(await state(third.split(',')[0] ?? '')).toBe('changed')
  })
})

describeEachEngine('while two keys are in the ring', (open) => {
  const rings = generations()
  const [newer = '', older = ''] = rings.both.split(',')
  /** The newer key is there to read, and does not write yet. */
  const laid = `${older},${newer}`
  const both = async () => {
    const store = await open()
    const files = heldFiles()
    return {
      store,
      behind: under(laid, store, files),
      ahead: under(rings.both, await open.again(store), files),
    }
  }

  it('nobody gets a phone or a number that is held under the other key, also at once', async () => {
    const { store, behind, ahead } = await both()
    const enrol = async (deps: TestDeps, number: string, phone: string) => {
      const code = await sentCode(deps, phone, 'register')
      const password = 'correct horse 42'
      const typed = {
        idType: 'mainland_id',
        idNumber: number,
        name: '欧阳明',
        phone,
        code,
        password,
        passwordAgain: password,
      }
      return () => outcomeOf(register(deps, null, { typed, browser: testBrowser }))
    }
    for (let round = 0; round < 4; round += 1) {
      const number = newMainlandNumber()
      const [one, other] = [await enrol(behind, number, newPhone()), await enrol(ahead, number, newPhone())]
      const outcomes = await Promise.all([one(), other()])
      expect(outcomes.toSorted()).toEqual([['done'], ['refused', 'id-taken']])
      const phone = newPhone()
      const mine = await enrol(behind, newMainlandNumber(), phone)
      const theirs = await enrol(ahead, newMainlandNumber(), phone)
      const second = await Promise.all([mine(), theirs()])
      expect(second.filter(([code]) => code === 'done')).toHaveLength(1)
    }
    const accounts = await store.read.select().from(store.t.account)
    expect(accounts).toHaveLength(8)
  })

  it('says so in the transaction that would write it, as the index would', async () => {
    const { behind, ahead } = await both()
    const held = await makeApplicant(behind)
    const attempt = (wanted: { identityKey?: string; phone?: string }, id = '') =>
      ahead.store
        .tx((q) => holdAlone(ahead, q, wanted, id))
        .then(
          () => 'free',
          (error: unknown) => (isUnique(error) ? 'held' : 'failed'),
        )
    expect(await attempt({ phone: held.phone })).toBe('held')
    expect(await attempt({ identityKey: `mainland_id:${held.number}` })).toBe('held')
    expect(await attempt({ phone: held.phone }, held.actor.id)).toBe('free')
    expect(await attempt({ phone: newPhone(), identityKey: 'mainland_id:0' })).toBe('free')
  })

  it('the same picture is found where it was stored under the other key', async () => {
    const { store, behind, ahead } = await both()
    const { tianhe } = await seedDepartments(behind)
    const bytes = Buffer.from('the same picture')
    const attach = async (deps: TestDeps) => {
      const { actor } = await makeApplicant(deps)
      const caseId = await openDraft(deps, actor, 'collection')
      await giveConsent(deps, actor, { purpose: 'collection' })
      await typeDepartment(deps, actor, caseId, tianhe)
      const [digest = '', ...otherDigests] = deps.keys.digests('picture', bytes)
      const storageKey = newFileKey()
      await deps.files.put(storageKey, bytes)
      await attachFile(deps, actor, {
        ...{ caseId, section: 'basic', rowId: 'main', slot: 'portrait' },
        picture: {
          storageKey,
          format: 'jpeg',
          bytes: 9,
          width: 1,
          height: 1,
          name: 'a',
          digest,
          otherDigests,
        },
      })
      return actor.id
    }
    const ids = [await attach(behind), await attach(ahead), await attach(behind)]
    const files = await store.read.select().from(store.t.storedFile)
    const owned = files.find(({ ownerId }) => ownerId === ids[0])
    const elsewhere = await picturesElsewhere(store.read, store.t, ids[0] ?? '', [owned?.id ?? ''])
    expect(elsewhere.map(({ personId }) => personId).toSorted()).toEqual(ids.slice(1).toSorted())
    await rotateKeys(ahead)
    const rotated = await store.read.select().from(store.t.storedFile)
    expect(new Set(rotated.map(({ digest }) => digest))).toEqual(
      new Set([ahead.keys.digest('picture', bytes)]),
    )
  })

  it('one person among the staff is one, whichever key named them', async () => {
    const { store, behind, ahead } = await both()
    const { tianhe } = await seedDepartments(behind)
    const applicant = await makeApplicant(behind)
    const wish = { role: 'reviewer', departmentId: tianhe, number: applicant.number } as const
    const staff = [await makeStaff(behind, wish), await makeStaff(ahead, wish)]
    const indexes = await Promise.all(
      staff.map(({ actor }) => accountById(store.read, store.t, ahead.keys, actor.id)),
    )
    expect(new Set(indexes.map((one) => one?.ownIdentityIndex)).size).toBe(2)
    for (const deps of [behind, ahead]) {
      const owns = await Promise.all(
        staff.map(async ({ actor }) => (await reviewerFacts(store.read, store.t, deps.keys, actor.id)).own),
      )
      expect(isSameOwn(owns[0] ?? [], owns[1] ?? [])).toBe(true)
      expect(passersSeenBy('b', owns[1] ?? [], [{ by: 'a', own: owns[0] ?? [] }])).toEqual(['a', 'b'])
      for (const { actor } of staff)
        expect(await ownAccountsOf(store.read, store.t, deps.keys, actor.id)).toEqual([applicant.actor.id])
    }
    expect(isSameOwn([], [])).toBe(false)
  })

  it('of two records of a register about one thing the later import stays', async () => {
    const { store, ahead } = await both()
    const number = newMainlandNumber()
    const files = heldFiles()
    const [first, second] = [under(rings.first, store, files), under(rings.second, store, files)]
    await bringIn(first, number)
    second.clock.advance(60_000)
    await bringIn(second, number)
    const held = async () => store.read.select().from(store.t.registerEntry)
    expect(await held()).toHaveLength(2)
    const stays = (await held()).toSorted((a, b) => (a.importId < b.importId ? 1 : -1))[0]?.id
    const done = await rotateKeys(ahead)
    expect([done.twins, done.waiting, (await held()).map(({ id }) => id)]).toEqual([[], 0, [stays]])
  })

  it('two accounts of one phone are left for people to judge, and keep the older key', async () => {
    const { store, ahead } = await both()
    const files = heldFiles()
    const phone = newPhone()
    const [one] = [await makeApplicant(under(rings.first, store, files), { phone })]
    await makeApplicant(under(rings.second, store, files), { phone })
    const said: string[] = []
    expect(await rotate(ahead, false, (line) => said.push(line))).toBe(false)
    expect(said.join('\n')).toContain(`account ["${one.actor.id}"] stays under its older key`)
    expect(said.at(-1)).toBe('k1 cannot be left out yet')
  })

  it('what was typed before the new key wrote is still given back', async () => {
    const { behind, ahead } = await both()
    const mark = 'm'.repeat(43)
    const at = behind.clock.now()
    await keepEcho(behind.store, behind.keys, {
      ...{
        id: 'echo-1',
        page: '/register',
        values: { name: ['张三'] },
        issues: [],
        notice: '',
        ownerId: null,
      },
      browser: behind.keys.blind('browser', mark),
      at,
      expiresAt: new Date(at.getTime() + 60_000),
    })
    const read = (browsers: readonly string[]) =>
      readEcho(ahead.store, ahead.keys, 'echo-1', browsers, ahead.clock.now())
    expect((await read(ahead.keys.blinds('browser', mark)))?.values).toEqual({ name: ['张三'] })
    expect(await read(ahead.keys.blinds('browser', 'n'.repeat(43)))).toBeNull()
  })
})
