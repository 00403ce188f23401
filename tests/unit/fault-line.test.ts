import { expect, test } from 'vitest'
import { faultLine } from '#lib/fault-line.ts'

test('a fault is told by its place and codes, never by its message', () => {
  const cause = new Error('Key (phone)=(13812345678) already exists')
  const error = Object.assign(new Error('Failed query: insert … params: 13812345678', { cause }), {
    code: '23505',
    digest: 'd1',
  })
  const line = faultLine(error)
  expect(line).toMatchObject({ fault: 'Error', code: '23505', digest: 'd1', cause: 'Error' })
  expect(JSON.stringify(line)).not.toContain('13812345678')
  expect(JSON.stringify(line)).toContain('fault-line.test')
})

test.each([[undefined], ['text 13812345678'], [null]])('%j thrown is told by its type', (thrown) =>
  expect(faultLine(thrown)).toEqual({ fault: typeof thrown }),
)
