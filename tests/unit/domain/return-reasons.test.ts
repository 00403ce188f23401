import { expect, it } from 'vitest'
import { caseKinds } from '#lib/cases/all.ts'
import {
  isReturnReason,
  needsNote,
  reasonFits,
  reasonsFor,
  returnReasons,
} from '#lib/domain/return-reasons.ts'
import { isSectionId } from '#lib/sections/all.ts'
import { reasonWords } from '#lib/text/review.ts'

const judged = [...new Set(Object.values(caseKinds).flatMap(({ sections }) => sections))]

it('every section that is judged has reasons of its own beside the general ones', () => {
  for (const section of judged) {
    expect([section, reasonsFor(section).includes('other')]).toEqual([section, true])
    expect([section, reasonsFor(section).length > 2]).toEqual([section, true])
  }
})

it('reasons speak of sections that exist', () => {
  for (const reason of returnReasons) {
    const fitting = judged.filter((section) => reasonFits(reason, section))
    expect([reason, fitting.length > 0]).toEqual([reason, true])
    expect(fitting.every(isSectionId)).toBe(true)
    expect(reasonWords[reason].length).toBeGreaterThan(2)
  }
})

it('only what says nothing by itself needs a note', () => {
  expect(returnReasons.filter(needsNote)).toEqual(['other'])
})

it('knows its own names only', () => {
  expect(isReturnReason('diploma-missing')).toBe(true)
  expect(isReturnReason('toString')).toBe(false)
  expect(isReturnReason('')).toBe(false)
})
