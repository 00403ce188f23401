/** One point, measured at every size in turns: so that a machine whose speed changes changes all of them alike. */
import type { Point } from './points.ts'
import { rowsOf } from './points.ts'
import type { Bench } from './server.ts'

export interface Measured {
  readonly size: number
  readonly actor: string
  readonly point: string
  readonly requests: number
  /** Of the server and its children, for one request. */
  readonly cpuMs: number
  readonly p50Ms: number
  readonly p99Ms: number
  /** Rows of data on the page. */
  readonly rows: number
  readonly bytes: number
}

const warmUp = 40
/** CPU is read in ticks of 10 ms: a turn of fewer requests would be mostly rounding. */
const atOnce = 25

const quantile = (rising: readonly number[], share: number) =>
  rising[Math.min(rising.length - 1, Math.ceil(rising.length * share) - 1)] ?? 0

/** The same point of each size; `requests` of each, in turns of `atOnce`. */
export async function measure(
  benches: readonly { readonly bench: Bench; readonly point: Point }[],
  requests: number,
): Promise<Measured[]> {
  const held = benches.map((one) => ({ ...one, cpu: 0, times: [] as number[], html: '' }))
  for (const one of held) for (let turn = 0; turn < warmUp; turn += 1) one.html = await one.point.ask()
  for (let done = 0; done < requests; done += atOnce)
    for (const one of held) {
      const before = await one.bench.cpuMs()
      for (let turn = 0; turn < atOnce; turn += 1) {
        const begun = performance.now()
        await one.point.ask()
        one.times.push(performance.now() - begun)
      }
      one.cpu += (await one.bench.cpuMs()) - before
    }
  return held.map(({ bench, point, cpu, times, html }) => {
    const rising = times.toSorted((a, b) => a - b)
    return {
      size: bench.size,
      actor: point.actor,
      point: point.name,
      requests: times.length,
      cpuMs: cpu / times.length,
      p50Ms: quantile(rising, 0.5),
      p99Ms: quantile(rising, 0.99),
      rows: rowsOf(html),
      bytes: Buffer.byteLength(html),
    }
  })
}
