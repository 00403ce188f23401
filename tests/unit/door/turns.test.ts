import { describe, expect, it } from 'vitest'
import { createTurns, type Kind } from '#lib/door/turns.ts'

/** A thread whose clock and whose idleness are set by hand. */
function thread({ atOnce = 2, patience = 500 } = {}) {
  let time = 0
  let busy = 1
  const calls: { at: number; call: () => void }[] = []
  const turns = createTurns({
    atOnce,
    patience,
    now: () => time,
    busy: () => busy,
    later: (call, ms) => calls.push({ at: time + ms, call }),
  })
  const begun: string[] = []
  const leaves = new Map<string, () => void>()
  const come = (name: string, kind: Kind = 'page') =>
    leaves.set(
      name,
      turns.enter(kind, () => begun.push(name)),
    )
  const leave = (name: string) => {
    leaves.get(name)?.()
    leaves.delete(name)
  }
  const pass = (ms: number) => {
    const end = time + ms
    for (;;) {
      calls.sort((a, b) => a.at - b.at)
      const first = calls[0]
      if (!first || first.at > end) break
      calls.shift()
      time = first.at
      first.call()
    }
    time = end
  }
  const idle = (is: boolean) => {
    busy = is ? 0.1 : 1
  }
  /** Ends one turn each `pace` ms until nobody waits. */
  const workOff = (pace: number) => {
    while (turns.state().waiting > 0) {
      pass(pace)
      const [first] = begun.filter((name) => leaves.has(name))
      if (first !== undefined) leave(first)
    }
  }
  return { turns, begun, come, leave, pass, idle, workOff, pending: () => calls.length }
}

const names = (count: number, letter = 'p') => Array.from({ length: count }, (_, n) => `${letter}${n}`)

describe('turns at the thread', () => {
  it('come at once while there are few, and in the order of arrival after that', () => {
    const { begun, come, leave, turns } = thread()
    for (const name of names(5)) come(name)
    expect(begun).toEqual(['p0', 'p1'])
    expect(turns.state()).toMatchObject({ inside: 2, waiting: 3 })
    leave('p1')
    expect(begun).toEqual(['p0', 'p1', 'p2'])
    leave('p0')
    leave('p2')
    expect(begun).toEqual(['p0', 'p1', 'p2', 'p3', 'p4'])
    for (const name of ['p3', 'p4']) leave(name)
    expect(turns.state()).toEqual({ inside: 0, waiting: 0, wait: 0 })
  })

  it('are not kept for who has gone, nor counted for who never came in', () => {
    const { begun, come, leave, turns } = thread()
    for (const name of names(4)) come(name)
    leave('p2')
    leave('p0')
    expect(begun).toEqual(['p0', 'p1', 'p3'])
    leave('p1')
    leave('p3')
    expect(turns.state()).toMatchObject({ inside: 0, waiting: 0 })
  })

  it('come early while the thread is idle: those inside wait for something else', () => {
    const { begun, come, pass, idle } = thread()
    for (const name of names(6)) come(name)
    pass(100)
    expect(begun).toHaveLength(2)
    idle(true)
    pass(10)
    expect(begun).toEqual(['p0', 'p1', 'p2', 'p3'])
    pass(10)
    expect(begun).toHaveLength(6)
  })

  it('are watched only while somebody waits', () => {
    const { come, leave, pass, pending } = thread()
    for (const name of names(3)) come(name)
    expect(pending()).toBe(1)
    leave('p0')
    pass(50)
    expect(pending()).toBe(0)
    come('again')
    pass(50)
    expect(pending()).toBe(1)
  })

  it('are refused to who would wait longer than is bearable, by the pace of the moment', () => {
    const quick = thread()
    for (const name of names(100)) quick.come(name)
    quick.workOff(5)
    const slow = thread()
    for (const name of names(100)) slow.come(name)
    slow.workOff(40)
    const letIn = ({ turns, come }: ReturnType<typeof thread>, kind: Kind = 'page') => {
      let count = 0
      while (!turns.isTooLong(kind)) {
        come(`${kind}${count}`, kind)
        count += 1
      }
      return count
    }
    // About 500 ms of each pace, beside the two that are inside; never fewer than twelve in line.
    expect(letIn(quick)).toBeGreaterThan(85)
    expect(letIn(quick)).toBe(0)
    expect(letIn(slow)).toBeLessThan(20)
    // Each kind stands in a line of its own: a flood of one takes no other's place.
    expect(letIn(slow, 'form')).toBeGreaterThanOrEqual(12)
    const flooded = thread()
    letIn(flooded, 'entry')
    expect(letIn(flooded)).toBeGreaterThan(letIn(thread()) / 2)
    const crawling = thread()
    for (const name of names(40)) crawling.come(name)
    crawling.workOff(5_000)
    expect(letIn(crawling)).toBeGreaterThanOrEqual(12)
  })

  it('go to forms of who is signed in first, and to strangers’ forms last, and to each in time', () => {
    const { begun, come, workOff } = thread({ atOnce: 1 })
    come('first')
    for (const name of names(4, 'e')) come(name, 'entry')
    for (const name of names(5)) come(name)
    for (const name of names(6, 'f')) come(name, 'form')
    workOff(10)
    expect(begun.slice(1).join(' ')).toBe('f0 f1 p0 f2 f3 p1 e0 f4 f5 p2 p3 e1 p4 e2 e3')
  })
})
