import { expect, it } from 'vitest'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { CaseState } from '#lib/domain/case-states.ts'
import { changeKinds } from '#lib/domain/changes.ts'
import { moduleState, obstaclesTo, ownState } from '#lib/views/task-state.ts'

const having = (states: Partial<Record<CaseKindId, CaseState>>) =>
  new Map(
    Object.entries(states).map(([kind, state]) => {
      const own = { kind: kind as CaseKindId, state }
      return [own.kind, own]
    }),
  )

it('nothing of a kind is open before the first of it and after the last', () => {
  expect(ownState(undefined)).toBe('free')
  for (const state of ['approved', 'refused', 'cancelled'] as const) expect(ownState({ state })).toBe('free')
})

it('what was taken back is a draft, and what a register is asked about is under review', () => {
  for (const state of ['draft', 'withdrawn'] as const) expect(ownState({ state })).toBe('draft')
  for (const state of ['checking', 'waiting', 'in_review'] as const)
    expect(ownState({ state })).toBe('underReview')
  expect(ownState({ state: 'returned' })).toBe('returned')
})

it('a module of several pages says the loudest of them', () => {
  const changes = (states: Parameters<typeof having>[0]) => moduleState(changeKinds, having(states)).state
  expect(changes({})).toBe('free')
  expect(changes({ 'change-scope': 'draft' })).toBe('draft')
  expect(changes({ 'change-scope': 'draft', 'change-basic': 'waiting' })).toBe('underReview')
  expect(changes({ 'change-scope': 'returned', 'change-basic': 'waiting' })).toBe('returned')
})

it('what is in the way is said once, also of what has to be mended', () => {
  const cases = having({ transfer: 'waiting' })
  const blocked = moduleState(changeKinds, cases)
  expect(blocked).toEqual({ state: 'blocked', reasons: [expect.stringContaining('调转')] })
  expect(moduleState(['award', 'objection'], having({ transfer: 'waiting', award: 'draft' }))).toEqual(
    blocked,
  )
  const returned = having({ transfer: 'waiting', 'change-basic': 'returned' })
  expect(moduleState(changeKinds, returned)).toEqual({ ...blocked, state: 'returned' })
  expect(moduleState(['transfer'], cases)).toEqual({ state: 'underReview', reasons: [] })
})

it('a transfer waits for each matter that is under review, a draft and a returned case for none', () => {
  const reasons = (states: Parameters<typeof having>[0]) =>
    obstaclesTo('transfer', having(states), true).map(({ code }) => code)
  expect(reasons({ 'change-basic': 'waiting', 'change-scope': 'waiting', credit: 'in_review' })).toEqual([
    'transfer-while-change',
    'transfer-while-credit',
  ])
  expect(reasons({ 'change-basic': 'returned', award: 'draft' })).toEqual([])
})
