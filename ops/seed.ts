import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { and, count, eq, inArray } from 'drizzle-orm'
import { demoApplicants } from '#db/seed/demo-people.ts'
import { hashPassword } from '#lib/auth/passwords.ts'
import { linkAudit } from '#lib/commands/link-audit.ts'
import { recountJob } from '#lib/commands/recount-figures.ts'
import type { Deps } from '#lib/deps.ts'
import { bulkInto } from './country/bulk.ts'
import { linkWaiting } from './country/chain.ts'
import { countingInto } from './country/counting.ts'
import { daysOf } from './country/days.ts'
import { lots } from './country/fates.ts'
import { addLife, type Told } from './country/lives.ts'
import { mostPeople } from './country/person.ts'
import { placesOf } from './country/places.ts'
import { makeOffices, type StaffWord, staffWords } from './country/staff.ts'
import { numberOf, passwordOf, staffNamed, totpSecretOf } from './demo/accounts.ts'
import { seedExams } from './demo/exams.ts'
import { migrate } from './migrate.ts'
import { withDeps } from './with-deps.ts'

const usage = 'npm run ops -- seed --people 10000 [--seed 1] [--add]'
/** One transaction holds so many people: others wait a second at most. */
const peopleAtOnce = 1000
/** Staff began before the first of the people. */
const yearsOfStaff = 3

export interface SeedWish {
  readonly people: number
  readonly seed: number
  /** To people that are there already. */
  readonly add: boolean
}

/** Of `DATA_DIR/seed-staff.json`. */
export interface Seeded {
  readonly people: number
  readonly seed: number
  readonly at: string
  /** Everybody's, applicants' too. */
  readonly password: string
  readonly totpSecret: string
  readonly staff: readonly StaffWord[]
  /** Some of the biggest department, one of each fate. */
  readonly applicants: readonly Told[]
}

function wishOf(args: readonly string[]): SeedWish {
  const { values } = parseArgs({
    args: [...args],
    options: {
      people: { type: 'string' },
      seed: { type: 'string', default: '1' },
      add: { type: 'boolean', default: false },
    },
  })
  const [people, seed] = [Number(values.people), Number(values.seed)]
  if (!Number.isInteger(people) || people < 1 || people > mostPeople || !Number.isInteger(seed))
    throw new Error(`say how many people, 1 to ${mostPeople}: ${usage}`)
  return { people, seed, add: values.add }
}

/** How many applicants there are, and how many of them are not of the demo. */
async function applicantsIn({ store: { read, t }, keys }: Deps) {
  const { account } = t
  const [all] = await read.select({ found: count() }).from(account).where(eq(account.kind, 'applicant'))
  const numbers = demoApplicants.flatMap((person) => keys.blinds('number', numberOf(person)))
  const [demo] = await read
    .select({ found: count() })
    .from(account)
    .where(and(eq(account.kind, 'applicant'), inArray(account.numberIndex, numbers)))
  const found = Number(all?.found ?? 0)
  return { all: found, others: found - Number(demo?.found ?? 0) }
}

async function writeWord(deps: Deps, seeded: Seeded): Promise<string> {
  const file = path.join(deps.env.dataDir, 'seed-staff.json')
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, `${JSON.stringify(seeded, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
  return file
}

/**
 * Makes a country of people with cases, records and staff, for looking at the platform under load. Directly into the tables, as the
 * commands would have left them. Throws a sentence outside demo mode, and where there are people already and none are to be added.
 */
export async function seedCountry(deps: Deps, wish: SeedWish, say: (line: string) => void): Promise<Seeded> {
  const { people, seed } = wish
  const { store, env, clock } = deps
  if (!env.demo) throw new Error('people are made up in demo mode only: this is no demo')
  const present = await applicantsIn(deps)
  if (present.others > 0 && !wish.add)
    throw new Error(`there are ${present.others} people already: say --add to put more beside them`)
  const now = clock.now()
  const calendar = await deps.calendar()
  const days = daysOf(now, calendar)
  const places = await placesOf(store)
  // In one order always: the country follows from its seed alone.
  const departments = await store.read.select().from(store.t.department).orderBy(store.t.department.id)
  const [password, totpSecret] = [passwordOf(deps, 'seed'), totpSecretOf(deps, 'seed')]
  const passwordHash = await hashPassword(password)
  const chain = places.biggest.department.path.split('/')
  const province = departments.find(({ id }) => id === chain[0])
  if (!province) throw new Error('the biggest department hangs nowhere')
  const words = staffWords(departments, places.all, province)
  const since = new Date(now.getTime() - yearsOfStaff * 365 * 86_400_000)
  const offices = await makeOffices(deps, words, { seed, since, passwordHash, totpSecret })
  say(`${offices.made} members of staff`)
  await seedExams(deps, await staffNamed(deps, 'seed-operator'))
  // The chain begins with what commands logged; the rest is linked as it is written.
  await linkAudit(deps)

  const bulk = bulkInto(store.t)
  const counting = countingInto(deps, calendar)
  const world = { deps, bulk, counting, now, seed, days, places, offices, passwordHash }
  const told = new Map<string, Told>()
  const begun = performance.now()
  let [made, lastSaid] = [0, begun]
  const write = (how?: { readonly all: boolean }) =>
    store.tx(async (q) => {
      await linkWaiting(store, q, bulk, now)
      await bulk.write(q)
      await counting.write(q, how)
      // A new store is to be counted once by its first server, which would read all of this for nothing.
      if (how?.all && present.all === 0) await q.delete(store.t.job).where(eq(store.t.job.kind, recountJob))
    })
  const fill = async () => {
    for (const lot of lots(people, places.shareOfBiggest(people), now)) {
      const one = addLife(world, lot, present.all + made)
      if (lot.biggest && !told.has(one.fate)) told.set(one.fate, one)
      made += 1
      if (made % peopleAtOnce === 0) {
        await write()
        // What statements hold is freed no sooner.
        await breathe()
      }
      if (performance.now() - lastSaid < 10_000) continue
      lastSaid = performance.now()
      const each = (lastSaid - begun) / made
      say(`${made} of ${people} people, ${Math.round(((people - made) * each) / 1000)} s to go`)
    }
    await write({ all: true })
    say(`${made} people in ${Math.round((performance.now() - begun) / 1000)} s`)
  }
  // A store of nobody's may be lost with the power; one that others use may not.
  await (present.others === 0 ? store.load(fill) : fill())

  const shown = new Set([
    `r${places.biggest.department.id}`,
    ...chain.slice(0, -1).map((id) => `m${id}`),
    `v${province.id}`,
    'seed-operator',
  ])
  const seeded: Seeded = {
    people,
    seed,
    at: now.toISOString(),
    password,
    totpSecret,
    staff: words.filter(({ login }) => shown.has(login)),
    applicants: [...told.values()],
  }
  say(`How staff sign in: ${await writeWord(deps, seeded)}`)
  return seeded
}

export async function run(args: readonly string[]): Promise<void> {
  const wish = wishOf(args)
  await withDeps(async (deps) => {
    await migrate(deps)
    const { staff, password, totpSecret } = await seedCountry(deps, wish, (line) => console.log(line))
    for (const { role, login, department } of staff)
      console.log(`  ${role.padEnd(9)} ${login.padEnd(14)} ${department}`)
    console.log(
      `  everybody's password ${password}, authenticator ${totpSecret}; each r<department id> reviews, m<id> manages`,
    )
  })
}
