import { expect, it, vi } from 'vitest'
import { logLines } from '#lib/door/log-lines.ts'

const told = () => {
  const written: string[] = []
  return { written, lines: logLines((text) => written.push(text), 100) }
}

it('lets lines of requests leave together, in their order', () => {
  vi.useFakeTimers()
  try {
    const { written, lines } = told()
    for (const id of ['a', 'b']) lines.say({ id })
    vi.advanceTimersByTime(50)
    lines.say({ id: 'c' })
    expect(written).toEqual([])
    vi.advanceTimersByTime(50)
    expect(written).toEqual(['{"id":"a"}\n{"id":"b"}\n{"id":"c"}\n'])
    vi.advanceTimersByTime(1000)
    expect(written).toHaveLength(1)
  } finally {
    vi.useRealTimers()
  }
})

it('says at once what is no request, after what waits', () => {
  const { written, lines } = told()
  lines.say({ id: 'a' })
  lines.say({ event: 'fault' })
  expect(written).toEqual(['{"id":"a"}\n{"event":"fault"}\n'])
})

it('writes whole lines, no more at once than a pipe takes in one piece', () => {
  const { written, lines } = told()
  const said = Array.from({ length: 150 }, (_, n) => ({ id: n, path: '路'.repeat(n % 40) }))
  for (const line of [...said, { id: 'long', path: 'x'.repeat(5000) }, { id: 'last' }]) lines.say(line)
  lines.flush()
  expect(written.length).toBeGreaterThan(3)
  expect(written.filter((piece) => Buffer.byteLength(piece) > 4096)).toHaveLength(1)
  for (const piece of written) expect(piece.endsWith('\n')).toBe(true)
  const found = written.join('').trim().split('\n')
  expect(found.map((line) => JSON.parse(line).id)).toEqual([...said.map(({ id }) => id), 'long', 'last'])
})

it('holds no more than a few, and nothing once it is flushed', () => {
  const { written, lines } = told()
  for (let n = 0; n < 201; n += 1) lines.say({ n })
  expect(written.join('').trim().split('\n')).toHaveLength(200)
  const before = written.length
  lines.flush()
  lines.flush()
  expect(written.slice(before)).toEqual(['{"n":200}\n'])
})
