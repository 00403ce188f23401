import { execFile } from 'node:child_process'
import { readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { count, eq } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { accountsBySignIn, grantsOf } from '#db/queries/accounts.ts'
import { caseFile } from '#db/queries/case-file.ts'
import { latestCase } from '#db/queries/cases.ts'
import { noteTemplatesOf } from '#db/queries/note-templates.ts'
import { drawPortrait, drawProof } from '#db/seed/demo-pictures.ts'
import { departments } from '#db/seed/departments.ts'
import { loadDepartments } from '#db/seed/load-departments.ts'
import type { Schema, Store } from '#db/store.ts'
import { verifyPassword } from '#lib/auth/passwords.ts'
import { totpStepOf } from '#lib/auth/totp.ts'
import { calendarOf, type Deps, openDeps, registersOf } from '#lib/deps.ts'
import { claimKinds } from '#lib/domain/claims.ts'
import { dayOf } from '#lib/domain/days.ts'
import { readEnv } from '#lib/env.ts'
import { inspectPicture } from '#lib/files/inspect.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { checkProof } from '#lib/schemas/attachment.ts'
import { checkPortrait } from '#lib/schemas/photo.ts'
import { examNotices } from '#lib/views/exam-notices.ts'
import { readiness } from '#lib/views/readiness.ts'
import { totpSecretOf } from '#ops/demo/accounts.ts'
import { migrate } from '#ops/migrate.ts'
import { seedDemo } from '#ops/seed-demo.ts'
import { testFolder } from '../support/folder.ts'
import { describeEachEngine } from '../support/stores.ts'

const at = new Date('2026-11-20T02:00:00Z')
const clock = { now: () => at }
const rowsOf = (store: Store) => store.read.select().from(store.t.department)

describeEachEngine('the tree of departments', (open) => {
  it('is there after migrate, and a second time nothing changes', async () => {
    const store = await open.empty()
    const deps = { ...(await demoDeps(await testFolder(), store)), clock }
    expect(await migrate(deps)).toMatch(/^departments: \d+ added, 0 corrected$/)
    const rows = await rowsOf(store)
    expect(rows).toHaveLength(departments().length)
    const tianhe = rows.find(({ id }) => id === '440106')
    expect(tianhe).toMatchObject({
      path: '440000/440100/440106',
      fullName: '广东省广州市天河区',
      parentId: '440100',
      active: true,
      version: 1,
      createdAt: at,
    })
    expect(rows.find(({ id }) => id === '440304')?.path).toBe('440300/440304')
    expect(await migrate(deps)).toBe('')
    expect(await rowsOf(store)).toEqual(rows)
  })

  it('gets back what is missing and what nobody edited, and keeps what operators wrote', async () => {
    const store = await open()
    const { department } = store.t
    await loadDepartments(store, at)
    const change = (id: string, values: Partial<Schema['department']['$inferInsert']>) =>
      store.tx((q) => q.update(department).set(values).where(eq(department.id, id)))
    await store.tx((q) => q.delete(department).where(eq(department.id, '440106')))
    await change('440104', { name: '旧名', sort: 1 })
    await change('440100', { name: '羊城市', path: '440000/elsewhere/440100', version: 2 })
    await change('440103', { phone: '020-12345678' })
    // What hangs beneath the moved city follows it.
    const beneath = departments().filter(({ parentId }) => parentId === '440100').length
    expect(await loadDepartments(store, at)).toEqual({ added: 1, corrected: beneath - 1 })
    const byId = new Map((await rowsOf(store)).map((row) => [row.id, row]))
    expect(byId.get('440104')).toMatchObject({ name: '越秀区', version: 1 })
    expect(byId.get('440100')).toMatchObject({ name: '羊城市', version: 2 })
    expect(byId.get('440106')?.path).toBe('440000/elsewhere/440100/440106')
    expect(byId.get('440103')).toMatchObject({ phone: '020-12345678' })
    expect(await loadDepartments(store, at)).toEqual({ added: 0, corrected: 0 })
  })

  it('is loaded once by two processes at a time', async () => {
    const store = await open()
    const other = await open.again(store)
    await Promise.all([loadDepartments(store, at), loadDepartments(other, at)])
    const [found] = await store.read.select({ count: count() }).from(store.t.department)
    expect(found?.count).toBe(departments().length)
  })

  it('makes the service ready, and not before', async () => {
    const store = await open.empty()
    const folder = await testFolder()
    const { env, keys: ring } = await demoDeps(folder, store)
    const failing = (found: Awaited<ReturnType<typeof readiness>>) =>
      Object.entries(found.checks).flatMap(([check, state]) => (state === 'ok' ? [] : [check]))
    expect(failing(await readiness({ store, env }))).toEqual(['migrations'])
    await store.migrate()
    expect(failing(await readiness({ store, env }))).toEqual(['migrations'])
    await migrate({ store, clock, env, keys: ring })
    expect(await readiness({ store, env })).toMatchObject({ ready: true })
    const behind: Store = Object.create(store, { pendingMigrations: { value: async () => 1 } })
    expect(failing(await readiness({ store: behind, env }))).toEqual(['migrations'])
    const nowhere = { ...env, dataDir: path.join(folder, 'keys', 'file') }
    expect(failing(await readiness({ store, env: nowhere }))).toEqual(['disk'])
  })
})

const keys = makeAppKeys()

/** Dependencies of demo mode in this folder; over `store` where one is given, which stays the caller's to close. */
async function demoDeps(folder: string, store?: Store): Promise<Deps> {
  const env = readEnv({ DATA_DIR: path.join(folder, 'data'), DEMO: '1', APP_KEYS: keys }, makeAppKeys)
  await writeFile(path.join(folder, 'keys'), keys)
  const deps = await openDeps(env)
  if (!store) return deps
  await deps.store.close()
  const { clock } = deps
  return {
    ...deps,
    store,
    calendar: calendarOf(store, clock),
    registers: registersOf(env, store, deps.keys, clock),
  }
}

interface Listed {
  role: string
  login: string
  phone?: string
  name: string
  password: string
  totpSecret?: string
  department: string
  state?: string
}
const listed = async ({ env }: Deps): Promise<Listed[]> =>
  JSON.parse(await readFile(path.join(env.dataDir, 'demo-accounts.json'), 'utf8'))

const found = async ({ store, keys: ring }: Deps, login: string) => {
  const [account] = await accountsBySignIn(store.read, store.t, ring, {
    login,
    number: login,
    phone: login,
    identityKeys: [],
  })
  if (!account) throw new Error(`${login} is not there`)
  return account
}
const counts = async ({ store: { read, t } }: Deps) =>
  Promise.all(
    [
      t.account,
      t.staffGrant,
      t.serviceCase,
      t.caseSection,
      t.attachment,
      t.storedFile,
      t.event,
      t.person,
      t.claimCheck,
      t.job,
      t.registerEntry,
      t.examSession,
      t.examWindow,
      t.examSite,
    ].map(async (table) => (await read.select({ count: count() }).from(table))[0]?.count),
  )

describeEachEngine('the demo people', (open) => {
  it('stand where they are said to stand, sign in as listed, and are made once', {
    timeout: 40_000,
  }, async () => {
    const store = await open()
    const deps = await demoDeps(await testFolder(), store)
    await expect(seedDemo(deps)).rejects.toThrow('run migrate first')
    await migrate(deps)
    expect(await seedDemo(deps)).toBe(true)
    const file = path.join(deps.env.dataDir, 'demo-accounts.json')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    const accounts = await listed(deps)

    const states = {
      fresh: null,
      verified: null,
      draft: 'draft',
      submitted: 'waiting',
      returned: 'returned',
      approved: 'approved',
      'returned-by-check': 'returned',
      'not-in-register': 'returned',
      'not-checkable': 'waiting',
    }
    for (const [state, expected] of Object.entries(states)) {
      const listing = accounts.find((one) => one.state === state)
      expect(listing, state).toMatchObject({ role: 'applicant', department: '广东省广州市天河区' })
      if (!listing) continue
      const account = await found(deps, listing.login)
      expect(await found(deps, listing.phone ?? '')).toEqual(account)
      expect(account.name).toBe(listing.name)
      expect(account.identityState).toBe(state === 'fresh' ? 'none' : 'verified')
      expect(await verifyPassword(account.passwordHash, listing.password)).toBe(true)
      const held = await latestCase(store.read, store.t, account.id, 'collection')
      expect(held?.state ?? null).toBe(expected)
    }

    const staff = accounts.filter(({ role }) => role !== 'applicant')
    expect(staff.map(({ role, login, department }) => [role, login, department])).toEqual([
      ['reviewer', 'tianhe', '广东省广州市天河区'],
      ['reviewer', 'futian', '深圳市福田区'],
      ['reviewer', 'gzbenji', '广东省广州市本级'],
      ['reviewer', 'guangdong', '广东省'],
      ['manager', 'guangzhou-manager', '广东省广州市'],
      ['operator', 'operator', ''],
      ['auditor', 'auditor', '广东省'],
    ])
    for (const { login, role, password, totpSecret } of staff) {
      const account = await found(deps, login)
      expect(account.totpSecret).toBe(totpSecret)
      expect(totpSecret).toMatch(/^[A-Z2-7]{32}$/)
      expect(await verifyPassword(account.passwordHash, password)).toBe(true)
      expect(
        (await grantsOf(store.read, store.t, account.id, new Date())).map((grant) => grant.role),
      ).toEqual([role])
    }
    expect(new Set(accounts.map(({ password }) => password)).size).toBe(accounts.length)
    const templates = () => noteTemplatesOf(store.read, store.t, ['440000', '440100', '440106'])
    expect(new Set((await templates()).map(({ departmentId }) => departmentId))).toEqual(new Set(['440100']))
    const kept = (await templates()).length

    const { rows } = await examNotices(deps, null)
    expect(rows.map(({ phase }) => phase).sort()).toEqual(['before', 'open', 'open'])

    const before = [await readFile(file, 'utf8'), await counts(deps)]
    expect(await seedDemo(deps)).toBe(false)
    expect([await readFile(file, 'utf8'), await counts(deps)]).toEqual(before)
    // The list alone is written again from the keys, and nobody is made twice.
    await rm(file)
    expect(await seedDemo(deps)).toBe(true)
    expect([await readFile(file, 'utf8'), await counts(deps)]).toEqual(before)
    expect(await templates()).toHaveLength(kept)
  })
})

describeEachEngine('the cases of the demo people', (open) => {
  it('are whole: answers, files, reasons of the return and the record', { timeout: 40_000 }, async () => {
    const store = await open()
    const deps = await demoDeps(await testFolder(), store)
    await migrate(deps)
    await seedDemo(deps)
    const caseOf = async (state: string, kind: 'collection' | 'identity' = 'collection') => {
      const listing = (await listed(deps)).find((one) => one.state === state)
      const account = await found(deps, listing?.login ?? '')
      const held = await latestCase(store.read, store.t, account.id, kind)
      const file = held && (await caseFile(store.read, store.t, deps.keys, held.id))
      if (!file) throw new Error(`no case of ${state}`)
      return { file, account, draft: draftOf(file, dayOf(deps.clock.now())) }
    }
    const draft = (await caseOf('draft')).draft
    expect(draft.standing('scope')).toBe('complete')
    expect(draft.standing('basic')).toBe('partial')
    expect(draft.standing('employment')).toBe('empty')

    const returned = await caseOf('returned')
    expect(returned.file.findings.map(({ section, target, note }) => [section, target, note !== ''])).toEqual(
      [
        ['basic', 'slot:portrait', true],
        ['education', 'major', true],
      ],
    )
    expect(returned.draft.standing('basic')).toBe('returned')
    expect(returned.draft.standing('employment')).toBe('complete')

    const approved = await caseOf('approved')
    const [record] = await store.read
      .select()
      .from(store.t.person)
      .where(eq(store.t.person.id, approved.account.id))
    expect(record).toMatchObject({ departmentId: '440106', scope: 'accounting_staff', situation: 'employed' })

    const submitted = await caseOf('submitted')
    expect(submitted.file.case.dueOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    for (const { fileId } of submitted.file.files) {
      const [stored] = await store.read
        .select()
        .from(store.t.storedFile)
        .where(eq(store.t.storedFile.id, fileId))
      expect((await deps.files.get(stored?.storageKey ?? ''))?.subarray(0, 2)).toEqual(
        Buffer.from([0xff, 0xd8]),
      )
    }
    // What the registers said of each: CHK-4.
    const checks = async (state: string) => {
      const { file } = await caseOf(state)
      return {
        claims: file.claims.map(({ kind, state: said, why, fields }) => [
          kind,
          said,
          why || fields.join(' '),
        ]),
        told: file.findings.map(({ section, target, reason, by }) => [section, target, reason, by]),
      }
    }
    const agreeing = [
      ['education', 'agrees', ''],
      ['degree', 'agrees', ''],
      ['credit-code', 'agrees', ''],
      ['credit-code', 'agrees', ''],
      ['accounting-qualification', 'agrees', ''],
    ]
    for (const state of ['submitted', 'returned', 'approved'])
      expect((await checks(state)).claims.toSorted(), state).toEqual(agreeing.toSorted())
    const differing = await checks('returned-by-check')
    expect(differing.claims).toContainEqual(['education', 'differs', 'graduated diplomaNo'])
    expect(differing.told).toEqual([
      ['education', 'graduated', 'education-differs-from-chsi', null],
      ['education', 'diplomaNo', 'education-differs-from-chsi', null],
    ])
    expect((await caseOf('returned-by-check')).draft.standing('education')).toBe('returned')
    const unknown = await checks('not-in-register')
    expect(unknown.claims).toContainEqual(['accounting-qualification', 'differs', 'not-found'])
    expect(unknown.claims.filter(([, said]) => said === 'agrees')).toHaveLength(4)
    expect(unknown.told).toEqual([['qualifications', 'certificateNo', 'not-in-register', null]])
    expect((await checks('not-checkable')).claims).toEqual([
      ['other-qualification', 'unavailable', 'no-data'],
    ])
    // Whoever tries the demo is in none of its registers, and that is not held against them.
    for (const kind of claimKinds) {
      const stranger = { number: '110101199003070011', creditCode: '91350100M000100Y43' }
      expect((await deps.registers?.look(kind, stranger))?.records, kind).toBeNull()
    }

    const identity = await caseOf('identity', 'identity')
    expect([identity.file.case.state, identity.file.case.departmentId]).toEqual(['waiting', '440100-own'])
  })
})

it('draws portraits and documents that the rules let pass, each its own', async () => {
  for (const seed of ['a', 'b', 'c']) {
    const portrait = await inspectPicture(await drawPortrait(seed))
    const proof = await inspectPicture(await drawProof(seed))
    expect([portrait.ok, proof.ok]).toEqual([true, true])
    expect(checkPortrait(portrait.facts)).toEqual([])
    expect(checkProof(proof.facts, 'slot:idFront')).toEqual([])
  }
  expect(await drawProof('a')).toEqual(await drawProof('a'))
  expect(await drawProof('a')).not.toEqual(await drawProof('b'))
})

it('prints the code an authenticator app would show, for a demo login that is named', async () => {
  const run = promisify(execFile)
  const dataDir = path.join(await testFolder(), 'data')
  const env = { ...process.env, DATA_DIR: dataDir, DEMO: '1' }
  const { stdout } = await run(process.execPath, ['ops/main.ts', 'demo-code', 'tianhe'], { env })
  const keys = openKeyring((await readFile(`${dataDir}.keys`, 'utf8')).trim())
  expect(totpStepOf(totpSecretOf({ keys }, 'tianhe'), stdout.trim(), new Date(), 0)).not.toBeNull()
  const failed = await run(process.execPath, ['ops/main.ts', 'demo-code'], { env }).catch(
    (error: unknown) => error,
  )
  expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('demo-code tianhe') })
})

it('ends with 2 and says what there is for a verb there is not', async () => {
  const run = promisify(execFile)
  for (const verb of ['explode', 'constructor', '']) {
    const failed = await run(process.execPath, ['ops/main.ts', verb]).catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('seed-demo') })
  }
})
