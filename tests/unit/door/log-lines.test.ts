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

it('holds no more than a few, and nothing once it is flushed', () => {
  const { written, lines } = told()
  for (let n = 0; n < 201; n += 1) lines.say({ n })
  expect(written).toHaveLength(1)
  lines.flush()
  lines.flush()
  expect(written.join('').trim().split('\n')).toHaveLength(201)
  expect(written).toHaveLength(2)
})
