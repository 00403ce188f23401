/**
 * `npm run bench`: what a request costs beside floors, and by how many people there are. Usage: [--sizes 10000,1000000] [--requests 200]
 * [--tables floors,growth] [--only text,text] [--profile folder]
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { build } from '../scripts/prepare.mjs'
import { forgetSignIns, freshCaseOf, withData } from './data.ts'
import { deepPageOf } from './deep-page.ts'
import { type Beside, floorTable } from './floor-table.ts'
import { floorPoints, startFloors } from './floors.ts'
import { growthPoints } from './growth.ts'
import { growthTable } from './growth-table.ts'
import { type Measured, measure } from './measure.ts'
import { makePeople } from './people.ts'
import { benchPicture } from './picture.ts'
import { peopleFor, pointsOf, reviewer } from './points.ts'
import {
  appendLines,
  commitNow,
  loadNow,
  machineNow,
  nextVersion,
  type RunFacts,
  type TableName,
  writeTables,
} from './report.ts'
import { dataOf, startBench } from './server.ts'
import { browsersOf } from './sign-in.ts'
import type { Spawned } from './spawned.ts'
import { type Letter, letters, targets } from './targets.ts'

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '10000,1000000' },
    requests: { type: 'string', default: '200' },
    tables: { type: 'string', default: 'floors,growth' },
    only: { type: 'string', default: '' },
    profile: { type: 'string', default: '' },
  },
})
const sizes = values.sizes.split(',').map(Number)
const requests = Number(values.requests)
if (![...sizes, requests].every((one) => Number.isInteger(one) && one > 0))
  throw new Error(
    'sizes and requests are whole numbers: npm run bench -- --sizes 10000,1000000 --requests 200',
  )
const isTable = (name: TableName) => values.tables.split(',').includes(name)
const isAsked = (text: string) => values.only.split(',').some((part) => text.includes(part))
const wanted = new Set<Letter>(
  isTable('floors') ? letters.filter((letter) => isAsked(`(${letter}) ${targets[letter].what}`)) : [],
)

const idleMs = 10_000
const started: Spawned[] = []
const kept = <T extends Spawned>(server: T): T => {
  started.push(server)
  return server
}

async function idleOf(servers: ReadonlyMap<string, Spawned>): Promise<Record<string, number>> {
  const all = [...servers]
  const before = await Promise.all(all.map(([, { cpuMs }]) => cpuMs()))
  await sleep(idleMs)
  const after = await Promise.all(all.map(([, { cpuMs }]) => cpuMs()))
  return Object.fromEntries(
    all.map(([subject], index) => [subject, (((after[index] ?? 0) - (before[index] ?? 0)) * 1000) / idleMs]),
  )
}

/** Everything that needs the data while no server runs over it, then the server. */
async function open(size: number) {
  const seeded = await dataOf(size)
  const { made, fresh } = await withData(size, seeded, async (deps) => {
    await forgetSignIns(deps)
    const fresh = await freshCaseOf(deps, seeded)
    if (wanted.size === 0) return { made: null, fresh }
    const people = await makePeople(deps, seeded.password, peopleFor(wanted, requests))
    return { made: { people, deep: await deepPageOf(deps, reviewer) }, fresh }
  })
  const bench = kept(await startBench(size, seeded, values.profile))
  console.log(
    `a server over ${size} people is ready${made ? `; of its queue, page ${made.deep.page} is asked for` : ''}`,
  )
  return { bench, made, fresh, browsers: browsersOf(bench) }
}

type Opened = Awaited<ReturnType<typeof open>>
type Idle = Readonly<Record<string, number>>

/** The points of the first table, each beside its floors. */
async function besideFloors(
  opened: readonly Opened[],
  floors: Awaited<ReturnType<typeof startFloors>>,
  picture: Buffer,
  idle: Idle,
): Promise<Beside[]> {
  const floor = await floorPoints(floors, picture)
  const points = await Promise.all(
    opened.map(async ({ bench, browsers, made }) => ({
      bench,
      points: made ? await pointsOf({ bench, browsers, ...made, picture }, wanted) : [],
    })),
  )
  const found: Beside[] = []
  for (const [index, { letter, actor, name }] of (points[0]?.points ?? []).entries()) {
    const own = points.flatMap(({ bench, points: all }) => {
      const point = all[index]
      return point ? [{ subject: String(bench.size), server: bench, point }] : []
    })
    const beside = [...floor[targets[letter].beside], ...(letter === 'c' ? floor.picture : [])]
    const measured = await measure(
      [...own, ...beside].map((one) => ({ ...one, idle: idle[one.subject] ?? 0 })),
      requests,
    )
    found.push({ letter, name, found: measured })
    say(`${actor} ${name}`, measured)
  }
  return found
}

const say = (what: string, measured: readonly Measured[]) =>
  console.log(
    `${what}: ${measured.map(({ subject, cpuMs, rows }) => `${subject} ${cpuMs.toFixed(1)} ms${rows > 0 ? `, ${rows} rows` : ''}`).join(' / ')}`,
  )

/** The points of the second table, at each size. */
async function overSizes(opened: readonly Opened[], idle: Idle): Promise<Measured[]> {
  const points = await Promise.all(
    opened.map(async ({ bench, browsers, fresh }) => ({
      bench,
      points: await growthPoints(bench, browsers, fresh),
    })),
  )
  const measured: Measured[] = []
  for (const [index, { actor, name }] of (points[0]?.points ?? []).entries()) {
    if (!isAsked(`${actor} ${name}`)) continue
    const same = points.flatMap(({ bench, points: all }) => {
      const point = all[index]
      const subject = String(bench.size)
      return point ? [{ subject, server: bench, idle: idle[subject] ?? 0, point }] : []
    })
    const found = await measure(same, requests)
    measured.push(...found)
    say(`${actor}: ${name}`, found)
  }
  return measured
}

const peaksOf = async (servers: ReadonlyMap<string, Spawned>) =>
  Object.fromEntries(
    await Promise.all([...servers].map(async ([subject, { peakMb }]) => [subject, await peakMb()] as const)),
  )

// Whoever stops a run stops its servers.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    void Promise.all(started.map(({ stop }) => stop())).finally(() => process.exit(1))
  })

if (!(await build())) throw new Error('The build failed: see the lines above.')
const loadBefore = loadNow()
const at = new Date().toISOString()
try {
  const opened: Opened[] = []
  for (const size of sizes) opened.push(await open(size))
  const floors = wanted.size > 0 ? await startFloors(kept) : null
  const servers = new Map<string, Spawned>(opened.map(({ bench }) => [String(bench.size), bench]))
  if (floors) {
    servers.set('floor-next', floors.next)
    servers.set('floor-node', floors.node)
  }
  const idle = await idleOf(servers)
  const beside = floors ? await besideFloors(opened, floors, await benchPicture(), idle) : []
  const growth = isTable('growth') ? await overSizes(opened, idle) : []
  const facts: RunFacts = {
    at,
    commit: commitNow(),
    node: process.version,
    next: await nextVersion(),
    machine: machineNow(),
    sizes,
    requests,
    loadBefore,
    loadAfter: loadNow(),
    idle,
    peakMb: await peaksOf(servers),
  }
  const tables = new Map<TableName, string>()
  if (beside.length > 0) tables.set('floors', floorTable(facts, beside))
  if (growth.length > 0) tables.set('growth', growthTable(facts, growth))
  await appendLines(
    facts,
    'floors',
    beside.flatMap(({ found }) => found),
  )
  await appendLines(facts, 'growth', growth)
  if (values.only === '') console.log(`written to ${await writeTables(tables)}`)
  else console.log([...tables.values()].join('\n'))
} finally {
  await Promise.all(started.map(({ stop }) => stop()))
}
