/** `npm run bench`: what a request costs, by how many people there are. Usage: [--sizes 10000,1000000] [--requests 200] [--only text] */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { build } from '../scripts/prepare.mjs'
import { forgetSignIns } from './fresh.ts'
import { type Measured, measure } from './measure.ts'
import { pointsOf } from './points.ts'
import { commitNow, loadNow, machineNow, type RunFacts, writeReport } from './report.ts'
import { type Bench, dataOf, startBench } from './server.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000' },
    requests: { type: 'string', default: '200' },
    only: { type: 'string', default: '' },
  },
})
const sizes = values.sizes.split(',').map(Number)
const requests = Number(values.requests)
if (![...sizes, requests].every((one) => Number.isInteger(one) && one > 0))
  throw new Error(
    'sizes and requests are whole numbers: npm run bench -- --sizes 10000,1000000 --requests 200',
  )

const idleMs = 10_000

async function idleOf(benches: readonly Bench[]): Promise<Record<string, number>> {
  const before = await Promise.all(benches.map(({ cpuMs }) => cpuMs()))
  await sleep(idleMs)
  const used = await Promise.all(
    benches.map(async ({ cpuMs }, index) => (await cpuMs()) - (before[index] ?? 0)),
  )
  return Object.fromEntries(benches.map(({ size }, index) => [size, ((used[index] ?? 0) * 1000) / idleMs]))
}

if (!(await build())) throw new Error('The build failed: see the lines above.')
const loadBefore = loadNow()
const at = new Date().toISOString()
const benches: Bench[] = []
try {
  for (const size of sizes) {
    const seeded = await dataOf(size)
    await forgetSignIns(size)
    benches.push(await startBench(size, seeded))
    console.log(`a server over ${size} people is ready`)
  }
  const points = await Promise.all(benches.map(async (bench) => ({ bench, points: await pointsOf(bench) })))
  const idle = await idleOf(benches)
  const measured: Measured[] = []
  for (const [index, { actor, name }] of (points[0]?.points ?? []).entries()) {
    if (!`${actor} ${name}`.includes(values.only)) continue
    const same = points.flatMap(({ bench, points: all }) => {
      const point = all[index]
      return point ? [{ bench, point }] : []
    })
    const found = await measure(same, requests)
    measured.push(...found)
    console.log(
      `${actor}: ${name}: ${found.map(({ cpuMs, rows }) => `${cpuMs.toFixed(1)} ms, ${rows} rows`).join(' / ')}`,
    )
  }
  const facts: RunFacts = {
    at,
    commit: commitNow(),
    node: process.version,
    machine: machineNow(),
    sizes,
    requests,
    loadBefore,
    loadAfter: loadNow(),
    idle,
  }
  console.log(`written to ${await writeReport(facts, measured)}`)
} finally {
  await Promise.all(benches.map(({ stop }) => stop()))
}
