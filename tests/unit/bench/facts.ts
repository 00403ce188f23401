import type { Measured } from '../../../bench/measure.ts'
import type { RunFacts } from '../../../bench/report.ts'

export const facts: RunFacts = {
  at: '2026-11-22T01:00:00.000Z',
  commit: 'abc1234',
  node: 'v24.0.0',
  next: '16.0.0',
  machine: '2 × CPU, 8 GB',
  sizes: [10_000, 1_000_000],
  requests: 200,
  loadBefore: 1,
  loadAfter: 2,
  idle: { 10000: 1, 1000000: 1 },
  peakMb: { 10000: 300, 1000000: 700, 'floor-next': 650 },
}

/** One point as it was measured at one server; what is not said is of no matter. */
export const measured = (subject: string, point: string, cpuMs: number, rows = 20): Measured => ({
  subject,
  actor: 'reviewer',
  point,
  requests: 200,
  cpuMs,
  afterMs: 0,
  perSecond: 100,
  p50Ms: cpuMs + 1,
  p99Ms: cpuMs + 9,
  rows,
  bytes: 2048,
})
