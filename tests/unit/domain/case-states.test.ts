import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type CaseAction,
  type CaseState,
  caseStates,
  decide,
  isEditable,
  isOpen,
  isUnderReview,
  transitions,
} from '#lib/domain/case-states.ts'

const actions = Object.keys(transitions) as CaseAction[]
const walk = (start: CaseState, ...steps: CaseAction[]) =>
  steps.reduce<CaseState | null>((state, action) => {
    const decided = state && decide(state, action)
    return decided?.ok ? decided.value : null
  }, start)

describe('states of a case', () => {
  test.each<[string, CaseAction[], CaseState]>([
    ['approved', ['submit', 'checked', 'claim', 'approve'], 'approved'],
    [
      'a second round',
      ['submit', 'checked', 'claim', 'return', 'submit', 'checked', 'claim', 'approve'],
      'approved',
    ],
    ['returned by a machine check', ['submit', 'return'], 'returned'],
    ['two stages', ['submit', 'checked', 'claim', 'advance', 'claim', 'approve'], 'approved'],
    ['a lease given up', ['submit', 'checked', 'claim', 'release'], 'waiting'],
    ['sent on to another department', ['submit', 'checked', 'claim', 'forward'], 'waiting'],
    ['withdrawn and taken up again', ['submit', 'checked', 'withdraw', 'reopen', 'submit'], 'checking'],
    ['withdrawn while checks run', ['submit', 'withdraw'], 'withdrawn'],
    ['without a human', ['submit', 'approveAutomatically'], 'approved'],
    ['refused', ['submit', 'checked', 'claim', 'refuse'], 'refused'],
    ['cancelled', ['submit', 'cancel'], 'cancelled'],
  ])('%s', (_, steps, end) => expect(walk('draft', ...steps)).toBe(end))

  test.each<[CaseState, CaseAction]>([
    ['in_review', 'withdraw'],
    ['waiting', 'approve'],
    ['checking', 'approve'],
    ['checking', 'claim'],
    ['withdrawn', 'checked'],
    ['waiting', 'submit'],
    ['approved', 'return'],
  ])('%s refuses %s', (state, action) =>
    expect(decide(state, action)).toEqual({
      ok: false,
      issues: [{ at: null, code: 'state-not-allowed', params: { state, action } }],
    }),
  )

  test('nothing leaves a final state, and only final states are closed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...caseStates), fc.constantFrom(...actions), (state, action) => {
        const isFinal = ['approved', 'refused', 'cancelled'].includes(state)
        expect(isOpen(state)).toBe(!isFinal)
        if (isFinal) expect(decide(state, action).ok).toBe(false)
      }),
    )
  })

  test('a draft and a returned case block nothing and may be edited', () => {
    expect(caseStates.filter(isUnderReview)).toEqual(['checking', 'waiting', 'in_review'])
    expect(caseStates.filter(isEditable)).toEqual(['draft', 'returned'])
  })
})
