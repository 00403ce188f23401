import { expect, it } from 'vitest'
import { instantNear } from '#lib/text/dates.ts'

it.each([
  ['2026-11-23T07:50:00Z', '15:50'],
  // Both sides of midnight in Shanghai, which is not that of UTC.
  ['2026-11-23T15:59:00Z', '23:59'],
  ['2026-11-23T16:00:00Z', '2026年11月24日 00:00'],
  ['2026-11-22T15:59:00Z', '2026年11月22日 23:59'],
  ['2025-11-23T07:50:00Z', '2025年11月23日 15:50'],
])('says %s as it is said today: %s', (instant, words) => {
  expect(instantNear(new Date(instant), new Date('2026-11-23T08:00:00Z'))).toBe(words)
})
