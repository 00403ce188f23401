import { mkdir, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, test } from 'vitest'
import { newFileKey } from '#lib/files/store.ts'
import { sweep } from '#lib/jobs/sweep.ts'
import { sweepOrphans } from '#lib/jobs/sweep-leftovers.ts'
import { testDeps } from '../support/deps.ts'
import { describeEachEngine } from '../support/stores.ts'

describeEachEngine('what a killed process leaves', (open) => {
  test('an upload that was on its way in goes with the next sweep, a fresh one stays', async () => {
    const deps = await testDeps(await open(), { now: new Date().toISOString() })
    const folder = path.join(deps.env.dataDir, 'incoming')
    await mkdir(folder, { recursive: true })
    const old = new Date(Date.now() - 11 * 60_000)
    await writeFile(path.join(folder, 'old.part'), 'x')
    await utimes(path.join(folder, 'old.part'), old, old)
    await writeFile(path.join(folder, 'new.part'), 'x')
    await sweep(deps)
    await expect(writeFile(path.join(folder, 'old.part'), 'x', { flag: 'wx' })).resolves.toBeUndefined()
    await expect(writeFile(path.join(folder, 'new.part'), 'x', { flag: 'wx' })).rejects.toThrow('EEXIST')
  })

  test('a sealed file without its row goes once no upload can still be placing it', async () => {
    const deps = await testDeps(await open(), { now: new Date().toISOString() })
    const key = newFileKey()
    await deps.files.put(key, Buffer.from('picture'))
    expect(await sweepOrphans(deps)).toBe(0)
    deps.clock.advance(11 * 60_000)
    expect(await sweepOrphans(deps)).toBe(1)
    expect(await deps.files.get(key)).toBeNull()
  })
})
