import { expect, it } from 'vitest'
import { countRefused, countRequest, durationBounds, tally } from '#lib/door/tally.ts'
import { histogramSamples, metricsText } from '#lib/views/metrics-text.ts'

const ended = (path: string, status = 200, seconds = 0.03, cut = false) => ({ path, status, seconds, cut })

it('is one for the whole process', () => {
  expect(tally()).toBe(tally())
})

it('counts a request in its lane, by the first digit of its status and by how long it took', () => {
  const counts = structuredClone(tally())
  countRequest(counts, ended('/collection/basic'))
  countRequest(counts, ended('/collection/basic', 503, 31, true))
  countRequest(counts, ended('/files/abc', 101))
  countRequest(counts, ended('/_next/static/a.js', 404))
  countRequest(counts, ended('/readyz', 303))
  const { page, file, asset, probe } = counts.lanes
  expect([page.statuses, page.cut]).toEqual([{ '2': 1, '3': 0, '4': 0, '5': 1 }, 1])
  expect(page.seconds).toBeCloseTo(31.03)
  expect(page.durations[durationBounds.indexOf(0.05)]).toBe(1)
  expect(page.durations[durationBounds.length]).toBe(1)
  expect(page.durations.reduce((sum, found) => sum + found, 0)).toBe(2)
  expect([file.statuses['2'], asset.statuses['4'], probe.statuses['3']]).toEqual([1, 1, 1])
})

it('counts a duration at a bound as not longer', () => {
  const counts = structuredClone(tally())
  const before = counts.lanes.page.durations[0] ?? 0
  countRequest(counts, ended('/', 200, durationBounds[0]))
  expect(counts.lanes.page.durations[0]).toBe(before + 1)
})

it('counts what the door refused by its status', () => {
  const counts = structuredClone(tally())
  for (const status of [403, 503, 503]) countRefused(counts, status)
  expect(counts.refused).toMatchObject({ '403': 1, '503': 2 })
})

it('writes a histogram as Prometheus reads one', () => {
  const samples = histogramSamples({ lane: 'page' }, [0.1, 1], [2, 0, 3], 12.5)
  const text = metricsText([{ name: 'took_seconds', help: 'How long.', type: 'histogram', samples }])
  expect(text.split('\n')).toEqual([
    '# HELP took_seconds How long.',
    '# TYPE took_seconds histogram',
    'took_seconds_bucket{lane="page",le="0.1"} 2',
    'took_seconds_bucket{lane="page",le="1"} 2',
    'took_seconds_bucket{lane="page",le="+Inf"} 5',
    'took_seconds_sum{lane="page"} 12.5',
    'took_seconds_count{lane="page"} 5',
    '',
  ])
})

it('escapes what would end a label, and leaves out what has no sample', () => {
  const text = metricsText([
    { name: 'a', help: 'A.', type: 'gauge', samples: [{ labels: { l: 'x"\\\n' }, value: 1 }] },
    { name: 'b', help: 'B.', type: 'gauge', samples: [] },
  ])
  expect(text).toContain('a{l="x\\"\\\\\\n"} 1')
  expect(text).not.toContain('# HELP b')
})
