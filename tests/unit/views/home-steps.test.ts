import { expect, it } from 'vitest'
import type { ServiceCase } from '#db/queries/cases.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import { inOrder, isYours, type Step, stepOfCard, stepOfCase } from '#lib/views/home-steps.ts'

type Sent = Parameters<typeof stepOfCase>[0]
const sent = (kind: CaseKindId, state: ServiceCase['state'], more: Partial<Sent> = {}): Sent => ({
  id: 'c1',
  kind,
  state,
  dueOn: '2026-12-01',
  stage: 1,
  stages: 1,
  ...more,
})
const step = (id: string, rank: Step['rank'], by = ''): Step => ({
  ...stepOfCard('approved', undefined, ''),
  id,
  rank,
  by,
})

it('what is returned comes first, then what is to be paid, then what others have; the sooner day before the later', () => {
  const steps = [
    step('done', 'done'),
    step('no day', 'wait', '~'),
    step('later', 'wait', '2026-12-09'),
    step('sooner', 'wait', '2026-12-01'),
    step('begin', 'begin'),
    step('pay', 'pay'),
    step('one', 'mend'),
    step('two', 'mend'),
  ]
  const found = inOrder(steps)
  expect(found.map(({ id }) => id)).toEqual([
    'one',
    'two',
    'pay',
    'begin',
    'sooner',
    'later',
    'no day',
    'done',
  ])
  expect(found.filter(isYours).map(({ id }) => id)).toEqual(['one', 'two', 'pay', 'begin'])
})

it('each returned case leads to the page on which it is mended', () => {
  const place = (kind: CaseKindId) => stepOfCase(sent(kind, 'returned'), '', []).href
  expect(place('change-scope')).toBe('/changes/scope/edit')
  expect(place('transfer')).toBe('/transfers/new')
  expect(place('credit')).toBe('/education-credits/new')
  expect(place('award')).toBe('/conduct/award')
  expect(place('objection')).toBe('/conduct/objection')
  expect(place('correction')).toBe('/account/correction')
})

it('a returned case that something is in the way of says so', () => {
  const { texts } = stepOfCase(sent('change-basic', 'returned'), '', ['有审核中的调转申请'])
  expect(texts).toEqual([expect.stringContaining('按退回意见'), '有审核中的调转申请。'])
})

it('while registers are asked no department has it; one that does not answer pauses the clock', () => {
  const told = (more: Partial<Sent>) =>
    stepOfCase(sent('change-education', 'checking', more), '天河区', []).texts
  expect(told({})).toEqual([expect.stringContaining('正在与登记系统核对'), '预计在 2026年12月1日 前办结。'])
  expect(told({ dueOn: '' })[1]).toContain('暂停')
})

it('what two agree on says at which of them it is', () => {
  const { texts, href } = stepOfCase(sent('transfer', 'waiting', { stage: 2, stages: 2 }), '天河区', [])
  expect(texts).toEqual([
    '由天河区审核，您暂时不需要做什么。',
    '审核分 2 步，现在是第 2 步。',
    '预计在 2026年12月1日 前办结。',
  ])
  expect(href).toBe('/transfers/c1')
})
