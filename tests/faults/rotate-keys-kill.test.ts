/** `rotate-keys` killed while it writes and somebody else saves, and told to go on (SEC-2). */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { eq, sum } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { accountById, accountByPhone } from '#db/queries/accounts.ts'
import { fileNameContext } from '#db/queries/cases.ts'
import { openStore, type Store } from '#db/store.ts'
import { nameColumns } from '#lib/commands/support/account-row.ts'
import { folderStore, newFileKey } from '#lib/files/store.ts'
import { newId } from '#lib/ids.ts'
import { verify } from '#ops/verify.ts'
import { makeApplicant, seedDepartments } from '#tests/support/deps.ts'
import { crowdOnRecord } from '#tests/support/exports.ts'
import { testFolder } from '#tests/support/folder.ts'
import { generations, under } from '#tests/support/sealed-world.ts'
import { ops } from '#tests/support/server.ts'

const isLong = process.env.TEST_LONG === '1'
const rounds = isLong ? 30 : 2
const people = isLong ? 40_000 : 1500
const pictures = isLong ? 1000 : 40
const sleep = (ms: number) => new Promise((wake) => setTimeout(wake, ms))

const changedOf = async ({ read, t }: Store) =>
  Number((await read.select({ all: sum(t.keyRotation.changed) }).from(t.keyRotation))[0]?.all ?? 0)

const ended = (child: ChildProcess) => new Promise<void>((resolve) => child.once('close', () => resolve()))

it('a rotation that is killed goes on where it was, beside whoever saves', async () => {
  const dataDir = path.join(await testFolder(), 'data')
  const rings = generations()
  const store = await openStore({ dataDir })
  await store.migrate()
  const files = folderStore(path.join(dataDir, 'files'))
  const old = under(rings.first, store, files, new Date())
  const { tianhe } = await seedDepartments(old)
  const someone = await makeApplicant(old)
  await crowdOnRecord(old, tianhe, people)
  const at = old.clock.now()
  for (let n = 0; n < pictures; n += 1) {
    const bytes = randomBytes(20_000)
    const [id, storageKey] = [newId(at), newFileKey()]
    await old.files.put(storageKey, bytes)
    await store.tx((q) =>
      q.insert(store.t.storedFile).values({
        ...{ id, storageKey, format: 'jpeg', bytes: bytes.length, width: 1, height: 1, createdAt: at },
        ownerId: someone.actor.id,
        nameSealed: old.keys.seal('照片.jpg', fileNameContext(id)),
        digest: old.keys.digest('picture', bytes),
      }),
    )
  }

  const env = { DATA_DIR: dataDir, APP_KEYS: rings.both, DEMO: '1' }
  const both = under(rings.both, store, files, new Date())
  let saves = 0
  const save = async () => {
    saves += 1
    await store.tx((q) =>
      q
        .update(store.t.account)
        .set(nameColumns(saves % 2 === 0 ? old : both, someone.actor.id, `第${saves}次`))
        .where(eq(store.t.account.id, someone.actor.id)),
    )
  }
  for (let round = 0; round < rounds; round += 1) {
    const before = await changedOf(store)
    const child = spawn(process.execPath, ['ops/main.ts', 'rotate-keys'], { env: { ...process.env, ...env } })
    let isOver = false
    const over = ended(child).then(() => {
      isOver = true
    })
    while (!isOver && (await changedOf(store)) === before) {
      await save()
      await sleep(5)
    }
    await sleep(Math.random() * 60)
    child.kill('SIGKILL')
    await over
    expect(await changedOf(store)).toBeGreaterThan(before)
  }
  const killed = await changedOf(store)
  expect(killed).toBeLessThan(people)
  saves += saves % 2
  await save()
  expect(await ops(['rotate-keys'], env)).toContain('everything that opens is under k2: k1 can be left out')

  const deps = under(rings.second, store, files, new Date())
  expect(await verify(deps, null, () => undefined, true)).toBe(0)
  expect(await accountById(store.read, store.t, deps.keys, someone.actor.id)).toMatchObject({
    name: `第${saves}次`,
  })
  expect(await accountByPhone(store.read, store.t, deps.keys, someone.phone)).toMatchObject({
    number: someone.number,
  })
  await store.close()
}, 600_000)
