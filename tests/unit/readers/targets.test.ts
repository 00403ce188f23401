import { expect, it } from 'vitest'
import type { AnswerSection } from '#lib/readers/answers.ts'
import { targetKey, targetsOf } from '#lib/readers/targets.ts'

const answer = (key: string) => ({ key, label: key, shown: 'x' })
const shown: AnswerSection = {
  section: 'employment',
  title: '工作经历',
  shared: [],
  rows: [
    {
      id: 'jobrow1',
      title: '工作经历1',
      answers: [answer('employer')],
      slots: [],
      children: [
        { id: 'jobrow1p1', title: '会计工作经历 1', answers: [answer('title')], slots: [], children: [] },
      ],
    },
  ],
}

it('lists what is shown, and every file that could be asked for', () => {
  expect(targetsOf('employment', shown).map(targetKey)).toEqual([
    'all/',
    'all/slot:resume',
    'jobrow1/',
    'jobrow1/employer',
    'jobrow1/slot:creditProof',
    'jobrow1/slot:employerStatement',
    'jobrow1/slot:commitment',
    'jobrow1/slot:contract',
    'jobrow1/slot:socialInsurance',
    'jobrow1/slot:workProof',
    'jobrow1p1/',
    'jobrow1p1/title',
    'jobrow1p1/slot:appointment',
  ])
})

it('never lists the same thing twice, and gives everything words', () => {
  const targets = targetsOf('employment', shown)
  expect(new Set(targets.map(targetKey)).size).toBe(targets.length)
  expect(targets.every(({ label }) => label !== '')).toBe(true)
})

it('points at the page of a form and at the list of a list', () => {
  expect(targetsOf('scope', undefined).map(targetKey)).toEqual(['main/'])
  expect(targetsOf('education', undefined).map(targetKey)).toEqual(['all/'])
})
