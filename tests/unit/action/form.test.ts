import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Form } from '#lib/action/form.ts'

const posted = (...entries: [string, string][]) => {
  const data = new FormData()
  for (const [name, value] of entries) data.append(name, value)
  return new Form(data)
}

describe('a posted form', () => {
  test('gives the first value, all values, and nothing for what is not there', () => {
    const form = posted(['a', '1'], ['b', 'x'], ['a', '2'])
    expect(form.get('a')).toBe('1')
    expect(form.getAll('a')).toEqual(['1', '2'])
    expect(form.get('c')).toBe('')
    expect(form.getAll('c')).toEqual([])
  })

  test('leaves out files and what Next adds', () => {
    const data = new FormData()
    data.append('$ACTION_ID_1', '')
    data.append('file', new Blob(['x']), 'x.jpg')
    data.append('name', '张三')
    expect(new Form(data).values).toEqual({ name: ['张三'] })
  })

  test.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'a field called %s is a field',
    (name) => {
      expect(posted().get(name)).toBe('')
      expect(posted().getAll(name)).toEqual([])
      const form = posted([name, 'x'], [name, 'y'])
      expect(form.get(name)).toBe('x')
      expect(form.getAll(name)).toEqual(['x', 'y'])
      expect(Object.getPrototypeOf(form.values)).toBe(Object.prototype)
    },
  )

  test('is cut where it grows beyond 64 KB', () => {
    const form = posted(['small', 'x'], ['large', 'y'.repeat(64 * 1024)], ['after', 'z'])
    expect(form.values).toEqual({ small: ['x'] })
    expect(form.truncated).toBe(true)
  })

  test('is whole up to 64 KB', () => {
    const form = posted(['small', 'x'], ['large', 'y'.repeat(64 * 1024 - 11)])
    expect(Object.keys(form.values)).toEqual(['small', 'large'])
    expect(form.truncated).toBe(false)
    expect(posted(['small', 'x'], ['large', 'y'.repeat(64 * 1024 - 10)]).truncated).toBe(true)
  })

  test('holds no NUL, in no name and no value', () => {
    const form = posted(['na\0me', '\0张\0三\0'], ['\0$ACTION', 'x'])
    expect(form.values).toEqual({ name: ['张三'] })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }))),
        (entries) => {
          const { values } = posted(
            ...entries.map(([name, value]): [string, string] => [`\0${name}`, `${value}\0`]),
          )
          return !JSON.stringify(values).includes('\\u0000')
        },
      ),
    )
  })

  test.each([
    ['7', 7],
    ['0', 0],
    ['123456789', 123456789],
    ['1234567890', 0],
    ['', 0],
    ['-1', 0],
    ['1.5', 0],
    ['1e3', 0],
    [' 1', 0],
    ['Infinity', 0],
  ])('reads %o as the whole number %d', (text, number) =>
    expect(posted(['rev', text]).whole('rev')).toBe(number),
  )

  test('has 0 where a number is missing', () => expect(posted().whole('rev')).toBe(0))

  test('is kept without its secrets', () =>
    expect(posted(['name', 'x'], ['password', 'y']).without(['password'])).toEqual({ name: ['x'] }))

  test('made again from what was kept is the same form', () => {
    const name = fc
      .string({ minLength: 1, maxLength: 8 })
      .filter((text) => !text.startsWith('$') && text.isWellFormed())
    const entry = fc.tuple(name, fc.string({ maxLength: 20 }))
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 10 }), (entries) => {
        const form = posted(...entries)
        expect(new Form(form.without([])).values).toEqual(form.values)
      }),
      { numRuns: 200 },
    )
  })
})
