/**
 * What `/metrics` says (docs/operations.md, What to watch): of this process, of its door, and of the store that all processes
 * share. No person, no id and no department below a province stands in a label.
 */
import { readFile, statfs } from 'node:fs/promises'
import path from 'node:path'
import { collectDefaultMetrics, Registry } from 'prom-client'
import { pendingCount } from '#db/queries/audit-chain.ts'
import { departmentsUnder } from '#db/queries/departments.ts'
import { atPresent, type FigureRow, figuresOf } from '#db/queries/figures.ts'
import { dueJobs } from '#db/queries/jobs.ts'
import {
  firstPending,
  lateOrders,
  mostCounted,
  newestBackup,
  openJobs,
  refundsNeeded,
  unfoldedFigures,
  unsentMessages,
} from '#db/queries/metrics.ts'
import type { Deps } from '#lib/deps.ts'
import { dayOf } from '#lib/domain/days.ts'
import { partsOfBucket } from '#lib/domain/figures.ts'
import { firstIdAt, instantOfId } from '#lib/domain/id-times.ts'
import { durationBounds, tally } from '#lib/door/tally.ts'
import { processMark } from '#lib/fault-line.ts'
import { once } from '#lib/once.ts'
import { type Family, histogramSamples, metricsText, type Sample } from './metrics-text.ts'

/** A scrape is given up after ten seconds by who asked: the rest is to arrive even when the store hangs. */
const storeDeadline = 3_000

const gauge = (name: string, help: string, samples: readonly Sample[]): Family => ({
  name: `kuaiji_${name}`,
  help,
  type: 'gauge',
  samples,
})
const one = (value: number): readonly Sample[] => [{ value }]

const processMetrics = () =>
  once('process-metrics', () => {
    const registry = new Registry()
    registry.setDefaultLabels(processLabel())
    collectDefaultMetrics({ register: registry })
    return registry
  })

/** With PROCESSES each answers for itself, one of them each time: the label keeps their counters apart. */
const processLabel = (): Readonly<Record<string, string>> => {
  const { process: number } = processMark()
  return number === undefined ? {} : { process: String(number) }
}

/** Requests of this process. */
function doorFamilies(): readonly Family[] {
  const { lanes, refused, inFlight, limits } = tally()
  const all = Object.entries(lanes)
  // What is let through freely has no limit to be near.
  const bounded = (load: Readonly<Record<string, number>>) =>
    Object.entries(load).flatMap(([lane, value]) => (lane === 'free' ? [] : [{ labels: { lane }, value }]))
  return [
    {
      name: 'kuaiji_http_requests_total',
      help: 'Requests that ended, by lane and first digit of the status.',
      type: 'counter',
      samples: all.flatMap(([lane, { statuses }]) =>
        Object.entries(statuses).map(([digit, value]) => ({ labels: { lane, status: `${digit}xx` }, value })),
      ),
    },
    {
      name: 'kuaiji_http_request_duration_seconds',
      help: 'From the head of a request to the end of its answer.',
      type: 'histogram',
      samples: all.flatMap(([lane, { durations, seconds }]) =>
        histogramSamples({ lane }, durationBounds, durations, seconds),
      ),
    },
    {
      name: 'kuaiji_http_cut_total',
      help: 'Answers that did not reach their reader whole.',
      type: 'counter',
      samples: all.map(([lane, { cut }]) => ({ labels: { lane }, value: cut })),
    },
    {
      name: 'kuaiji_http_refused_total',
      help: 'Requests that the door itself refused, by status; 503 is overload.',
      type: 'counter',
      // Overload is there from the beginning, so that its first time is an increase.
      samples: Object.entries({ '503': 0, ...refused }).map(([status, value]) => ({
        labels: { status },
        value,
      })),
    },
    gauge('http_in_flight', 'Requests under way.', bounded(inFlight)),
    gauge('http_in_flight_limit', 'How many of them are let in at once.', bounded(limits)),
  ]
}

const ofThisProcess = (families: readonly Family[]): readonly Family[] => {
  const own = processLabel()
  return families.map((family) => ({
    ...family,
    samples: family.samples.map((sample) => ({ ...sample, labels: { ...own, ...sample.labels } })),
  }))
}

/** States of a case somebody still has to do something about. */
const open = new Set(['checking', 'waiting', 'in_review', 'returned'])

interface Standing {
  readonly kinds: ReadonlyMap<string, readonly [kind: string, state: string, value: number]>
  readonly states: ReadonlyMap<string, number>
  readonly overdue: number
}

/** Where the cases of one place stand: the maintained figures, read by their key. */
function standingOf(rows: readonly FigureRow[], today: string): Standing {
  const kinds = new Map<string, readonly [string, string, number]>()
  const states = new Map([...open].map((state) => [state, 0]))
  let overdue = 0
  for (const { measure, bucket, value } of rows) {
    if (measure === 'due') {
      if (bucket < today) overdue += value
      continue
    }
    const [kind, state] = partsOfBucket(bucket)
    if (!open.has(state)) continue
    kinds.set(bucket, [kind, state, value])
    states.set(state, (states.get(state) ?? 0) + value)
  }
  return { kinds, states, overdue }
}

async function caseFamilies({ store: { read, t }, clock }: Deps): Promise<readonly Family[]> {
  const provinces = (await departmentsUnder(read, t, null)).map(({ id }) => id)
  const rows = await figuresOf(read, t, ['', ...provinces], atPresent, ['cases', 'due'])
  const byPlace = Map.groupBy(rows, ({ departmentId }) => departmentId)
  const today = dayOf(clock.now())
  const standing = (place: string) => standingOf(byPlace.get(place) ?? [], today)
  const country = standing('')
  const places = provinces.map((province) => ({ province, ...standing(province) }))
  return [
    gauge(
      'cases',
      'Cases that are not ended, by kind and state.',
      [...country.kinds.values()].map(([kind, state, value]) => ({ labels: { kind, state }, value })),
    ),
    gauge('cases_overdue', 'Cases under review past their due day.', one(country.overdue)),
    gauge(
      'province_cases',
      'Cases that are not ended, by province and state.',
      places.flatMap(({ province, states }) =>
        [...states].map(([state, value]) => ({ labels: { province, state }, value })),
      ),
    ),
    gauge(
      'province_cases_overdue',
      'Cases under review past their due day, by province.',
      places.map(({ province, overdue }) => ({ labels: { province }, value: overdue })),
    ),
  ]
}

async function workFamilies({ store: { read, t }, clock }: Deps): Promise<readonly Family[]> {
  const now = clock.now()
  const ageOf = (since: Date | null | undefined) =>
    one(since ? Math.max(0, (now.getTime() - since.getTime()) / 1000) : 0)
  const jobs = await openJobs(read, t)
  const [longestDue] = await dueJobs(read, t, { now, limit: 1, kinds: [], others: true })
  const [messages] = await unsentMessages(read, t)
  const [pending] = await firstPending(read, t)
  const unlinked = await pendingCount(read, t, mostCounted)
  const [deltas] = await unfoldedFigures(read, t)
  const [late] = await lateOrders(read, t, now)
  const [refunds] = await refundsNeeded(read, t)
  const jobSamples = (isDead: boolean) =>
    jobs
      .filter(({ dead }) => (Number(dead) === 1) === isDead)
      .map(({ kind, found }) => ({ labels: { kind }, value: Number(found) }))
  return [
    gauge('jobs', 'Jobs that are not done, by kind.', jobSamples(false)),
    gauge('jobs_dead', 'Jobs given up within the last week, by kind.', jobSamples(true)),
    gauge('job_oldest_due_seconds', 'How long the job due longest has been due.', ageOf(longestDue?.runAt)),
    gauge('sms_unsent', 'SMS that wait to be sent.', one(Number(messages?.found ?? 0))),
    gauge('sms_oldest_unsent_seconds', 'Age of the oldest of them.', ageOf(messages?.oldest)),
    gauge('audit_unlinked', 'Rows of the logs that are not in the audit chain yet.', one(unlinked)),
    gauge(
      'audit_oldest_unlinked_seconds',
      'Age of the oldest of them.',
      ageOf(pending?.first ? instantOfId(pending.first) : null),
    ),
    gauge(
      'figures_waiting',
      'Changes that are not added to the figures yet.',
      one(Number(deltas?.found ?? 0)),
    ),
    gauge(
      'pay_orders_late',
      'Payment orders still open after their deadline.',
      one(Number(late?.found ?? 0)),
    ),
    gauge('pay_order_oldest_late_seconds', 'How long the oldest of them is late.', ageOf(late?.oldest)),
    gauge(
      'refunds_needed',
      'Payments whose money a person has to send back.',
      one(Number(refunds?.found ?? 0)),
    ),
  ]
}

/** An event may be written with an id that is older than one seen before it. */
const overlap = 10 * 60_000

interface SeenBackup {
  readonly id: string | null
  /** What is older was looked at before. */
  readonly after: string
}

/** Its log is long: after the first time only what is new in it is looked at. */
async function backupFamily({ store, clock }: Deps): Promise<Family> {
  const held = once('backups-seen', () => new WeakMap<Deps['store'], SeenBackup>())
  const before = held.get(store) ?? { id: null, after: '' }
  const now = clock.now()
  const [newest] = await newestBackup(store.read, store.t, before.after)
  const id = newest?.id ?? before.id
  held.set(store, { id, after: firstIdAt(new Date(now.getTime() - overlap)) })
  const at = id === null ? null : instantOfId(id)
  const samples = at === null ? [] : one(at.getTime() / 1000)
  return gauge('backup_last_timestamp_seconds', 'When the last backup was finished.', samples)
}

/** What the store knows, or only that it does not answer. */
async function storeFamilies(deps: Deps): Promise<readonly Family[]> {
  const up = (value: number) => gauge('store_up', 'Whether the database answered this scrape.', one(value))
  const asked = async () => {
    const pending = await deps.store.pendingMigrations()
    const schema = gauge(
      'migrations_pending',
      'Migrations this version needs and has not found.',
      one(pending),
    )
    // Its queries know the tables of this version alone.
    if (pending > 0) return [schema]
    return [schema, ...(await caseFamilies(deps)), ...(await workFamilies(deps)), await backupFamily(deps)]
  }
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), storeDeadline)
  })
  try {
    const found = await Promise.race([asked().catch(() => null), late])
    return found === null ? [up(0)] : [up(1), ...found]
  } finally {
    clearTimeout(timer)
  }
}

async function diskFamilies({ env }: Deps): Promise<readonly Family[]> {
  const disk = await statfs(env.dataDir).catch(() => null)
  if (disk === null) return []
  return [
    gauge(
      'data_dir_free_bytes',
      'Free for this process on the disk of DATA_DIR.',
      one(disk.bavail * disk.bsize),
    ),
    gauge('data_dir_size_bytes', 'Size of that disk.', one(disk.blocks * disk.bsize)),
  ]
}

const version = () =>
  once('version', async () => {
    const file = path.join(/* turbopackIgnore: true */ process.cwd(), 'package.json')
    const read: unknown = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'))
    const found: unknown =
      typeof read === 'object' && read !== null ? Reflect.get(read, 'version') : undefined
    return typeof found === 'string' ? found : 'unknown'
  })

async function buildFamily({ env, store }: Deps): Promise<Family> {
  const labels = {
    version: await version(),
    commit: env.buildCommit,
    node: process.version,
    engine: store.engine,
  }
  return gauge('build_info', 'Always 1; what runs here.', [{ labels, value: 1 }])
}

async function collected(deps: Deps): Promise<string> {
  const started = performance.now()
  const families = [
    await buildFamily(deps),
    ...(await storeFamilies(deps)),
    ...(await diskFamilies(deps)),
    ...ofThisProcess(doorFamilies()),
  ]
  const took = gauge(
    'scrape_seconds',
    'How long it took to say this.',
    one((performance.now() - started) / 1000),
  )
  return `${metricsText([...families, took])}\n${await processMetrics().metrics()}`
}

/** The whole answer, in the text format of Prometheus; who asks while another asks is given the same. */
export function metrics(deps: Deps): Promise<string> {
  const running = once<{ now: Promise<string> | null }>('scrape', () => ({ now: null }))
  running.now ??= collected(deps).finally(() => {
    running.now = null
  })
  return running.now
}

export const metricsType = Registry.PROMETHEUS_CONTENT_TYPE
