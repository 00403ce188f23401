/** One point, measured at every size and beside its floors in turns: so that a machine whose speed changes changes all of them alike. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Point } from './point.ts'
import type { Spawned } from './spawned.ts'

/** A point at one server. */
export interface Asked {
  /** The size of its data, or the name of a floor. */
  readonly subject: string
  readonly server: Spawned
  /** What the server uses when nobody asks anything, in ms of CPU each second: taken off. */
  readonly idle: number
  readonly point: Point
}

export interface Measured {
  readonly subject: string
  readonly actor: string
  readonly point: string
  readonly requests: number
  /** Of the server and its children until the answer was there, for one request. */
  readonly cpuMs: number
  /** Of its worker afterwards, for one request. */
  readonly afterMs: number
  /** One client, one request after another. */
  readonly perSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Rows of data on the page. */
  readonly rows: number
  /** Of the page as it was sent. */
  readonly bytes: number
}

export const warmUp = 40
/** CPU is read in ticks of 10 ms: a turn of fewer requests would be mostly rounding. */
const atOnce = 25

const quantile = (rising: readonly number[], share: number) =>
  rising[Math.min(rising.length - 1, Math.ceil(rising.length * share) - 1)] ?? 0

/** How many rows of data a page shows. */
export const rowsOf = (html: string): number =>
  [...html.matchAll(/<tbody[^>]*>([\s\S]*?)<\/tbody>/g)].reduce(
    (sum, [, body = '']) => sum + (body.match(/<tr[\s>]/g)?.length ?? 0),
    0,
  )

const lookMs = 500
const mostLooks = 60
/** Two ticks in half a second. */
const nearlyIdle = 40

/** CPU of `work`, without what the server would have used anyway. */
async function cpuOf({ server, idle }: Asked, work: () => Promise<unknown>): Promise<number> {
  const [cpu, begun] = [await server.cpuMs(), performance.now()]
  await work()
  return (await server.cpuMs()) - cpu - (idle * (performance.now() - begun)) / 1000
}

/** Waits until the worker has nothing left to do; gives what it used. */
async function settled(asked: Asked): Promise<number> {
  let used = 0
  for (let look = 0; look < mostLooks; look += 1) {
    const one = await cpuOf(asked, () => sleep(lookMs))
    used += one
    if (one * (1000 / lookMs) <= nearlyIdle) break
  }
  return used
}

class Tally {
  readonly times: number[] = []
  cpu = 0
  after = 0
  html = ''
  readonly asked: Asked

  constructor(asked: Asked) {
    this.asked = asked
  }

  async prepare(count: number): Promise<void> {
    const { ready, writes } = this.asked.point
    await ready?.(count)
    if (writes) await settled(this.asked)
  }

  async turn(count: number): Promise<void> {
    const { point } = this.asked
    await this.prepare(count)
    this.cpu += await cpuOf(this.asked, async () => {
      for (let done = 0; done < count; done += 1) {
        const begun = performance.now()
        await point.ask()
        this.times.push(performance.now() - begun)
      }
    })
    if (point.writes) this.after += await settled(this.asked)
  }

  found(): Measured {
    const { asked, times, cpu, after, html } = this
    const rising = times.toSorted((a, b) => a - b)
    return {
      subject: asked.subject,
      actor: asked.point.actor,
      point: asked.point.name,
      requests: times.length,
      cpuMs: cpu / times.length,
      afterMs: after / times.length,
      perSecond: (times.length * 1000) / times.reduce((sum, one) => sum + one, 0),
      p50Ms: quantile(rising, 0.5),
      p99Ms: quantile(rising, 0.99),
      rows: rowsOf(html),
      bytes: Buffer.byteLength(html),
    }
  }
}

/** The same point of each size and each of its floors; `requests` of each, in turns of `atOnce`. */
export async function measure(all: readonly Asked[], requests: number): Promise<Measured[]> {
  const tallies = all.map((asked) => new Tally(asked))
  for (const tally of tallies) {
    await tally.prepare(warmUp)
    for (let turn = 0; turn < warmUp; turn += 1) tally.html = await tally.asked.point.ask()
  }
  for (let done = 0; done < requests; done += atOnce)
    for (const tally of tallies) await tally.turn(Math.min(atOnce, requests - done))
  return tallies.map((tally) => tally.found())
}
