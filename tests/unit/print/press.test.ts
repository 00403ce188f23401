import { describe, expect, it } from 'vitest'
import { isFault } from '#lib/domain/errors.ts'
import { pressedOnce, pressOf } from '#lib/print/press.ts'

const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'made',
    (error: unknown) => (isFault(error, 'refused') ? error.issues[0]?.code : 'thrown'),
  )

describe('the press', () => {
  it('makes one at a time, in order, and refuses who finds no place to wait', async () => {
    const press = pressOf(3)
    const log: string[] = []
    const work = (name: string) => () =>
      Promise.resolve(log.push(`${name} begins`)).then(() => log.push(`${name} ends`))
    const first = ['a', 'b', 'c'].map((name) => press(work(name)))
    expect(await refusal(press(work('d')))).toBe('print-busy')
    await Promise.all(first)
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'])
    expect(await refusal(press(work('e')))).toBe('made')
  })

  it('gives the place back after a fault', async () => {
    const press = pressOf(1)
    expect(await refusal(press(() => Promise.reject(new Error('no font'))))).toBe('thrown')
    expect(await refusal(press(async () => 'sheet'))).toBe('made')
  })

  it('makes once what is the same for everybody, and again after a fault', async () => {
    let made = 0
    const make = async () => {
      made += 1
      if (made === 1) throw new Error('no font')
      return made
    }
    expect(await refusal(pressedOnce('a-test', make))).toBe('thrown')
    expect(await Promise.all([pressedOnce('a-test', make), pressedOnce('a-test', make)])).toEqual([2, 2])
  })
})
