import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type Answer, autosaveTurns, pauses, type Said } from '#app/_ui/live/autosave-turns.ts'

const failed: Answer = { kind: 'failed' }
const saved = (rev: number): Answer => ({ kind: 'saved', rev, savedAt: '14:03' })

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A form of one field, and a service that answers in this order, then that all is saved. */
function form(...answers: Answer[]) {
  const state = { text: '', rev: 0, slow: 0 }
  const posts: { text: string; rev: number; at: number }[] = []
  const said: Said['kind'][] = []
  const start = Date.now()
  const turns = autosaveTurns({
    read: () => ({ text: state.text, rev: state.rev }),
    post: async (body) => {
      posts.push({ ...body, at: Date.now() - start })
      const answer = answers.shift() ?? saved(body.rev + 1)
      if (state.slow > 0) await new Promise((resolve) => setTimeout(resolve, state.slow))
      return answer
    },
    moved: (rev) => {
      state.rev = rev
    },
    say: ({ kind }) => void said.push(kind),
  })
  const type = (text: string) => {
    state.text = text
    turns.typed()
  }
  return { state, posts, said, turns, type }
}
const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

it('saves once, twenty seconds after the last keystroke, and stands on the edit it made', async () => {
  const { state, posts, said, type } = form()
  type('张')
  await pass(15_000)
  type('张三')
  await pass(pauses.typing - 1)
  expect(posts).toEqual([])
  await pass(1)
  expect(posts).toEqual([{ text: '张三', rev: 0, at: 35_000 }])
  expect([state.rev, said]).toEqual([1, ['saved']])
  await pass(600_000)
  expect(posts).toHaveLength(1)
})

it('saves nothing of a form nobody typed into, not even when it is left', async () => {
  const { posts, turns } = form()
  turns.left()
  await pass(600_000)
  expect(posts).toEqual([])
})

it('saves at once when the page is left, and not before ten more seconds when somebody comes back', async () => {
  const { posts, turns, type } = form()
  type('a')
  turns.left()
  await pass(0)
  expect(posts).toHaveLength(1)
  type('b')
  await pass(pauses.typing)
  expect(posts.map(({ at }) => at)).toEqual([0, 20_000])
})

it('keeps what was typed while a save was under way for the next one', async () => {
  const { state, posts, turns, type } = form()
  state.slow = 4_000
  type('a')
  turns.left()
  await pass(1_000)
  type('ab')
  turns.left()
  expect(posts).toHaveLength(1)
  await pass(60_000)
  expect(posts.map(({ text, rev }) => [text, rev])).toEqual([
    ['a', 0],
    ['ab', 1],
  ])
})

it('asks with the same form again after a lost answer, so that the next one is not taken for somebody else’s', async () => {
  const { posts, said, turns, type } = form(failed, saved(1))
  type('a')
  turns.left()
  await pass(0)
  type('ab')
  await pass(pauses.retry + pauses.typing)
  expect(posts.map(({ text, rev }) => [text, rev])).toEqual([
    ['a', 0],
    ['a', 0],
    ['ab', 1],
  ])
  expect(said).toEqual(['failed', 'saved', 'saved'])
})

it('comes back later when there was no turn left, and says nothing of it', async () => {
  const { posts, said, turns, type } = form({ kind: 'wait' })
  type('a')
  turns.left()
  await pass(0)
  expect(said).toEqual([])
  await pass(pauses.typing)
  expect(posts).toHaveLength(2)
})

it.each(['stale', 'frozen', 'gone'] as const)('stops for good when the answer is %s', async (kind) => {
  const { posts, said, turns, type } = form({ kind })
  type('a')
  turns.left()
  await pass(0)
  type('ab')
  turns.left()
  await pass(600_000)
  expect([posts.length, said]).toEqual([1, [kind]])
})

it('tries again at the next keystroke after the session ended, which another tab may have mended', async () => {
  const { posts, said, turns, type } = form({ kind: 'signedOut' })
  type('a')
  turns.left()
  await pass(600_000)
  expect(posts).toHaveLength(1)
  type('ab')
  await pass(pauses.typing)
  expect([posts.at(-1)?.text, said]).toEqual(['ab', ['signedOut', 'saved']])
})

it('is silent while a save by hand is under way', async () => {
  const { posts, turns, type } = form()
  type('a')
  turns.byHand(true)
  turns.left()
  await pass(600_000)
  expect(posts).toEqual([])
  turns.byHand(false)
  await pass(pauses.typing)
  expect(posts).toHaveLength(1)
})

it('a save by hand waits for what is under way or unanswered, and for nothing else', async () => {
  const { state, posts, turns, type } = form(saved(1), failed, saved(2))
  expect(turns.settled()).toBeNull()
  type('a')
  expect(turns.settled()).toBeNull()
  state.slow = 3_000
  turns.left()
  const before = turns.settled()
  expect(before).toBeInstanceOf(Promise)
  await pass(3_000)
  await before
  expect([state.rev, turns.settled()]).toEqual([1, null])
  type('b')
  turns.left()
  await pass(3_000)
  const again = turns.settled()
  await pass(3_000)
  await again
  expect([state.rev, posts.length]).toEqual([2, 3])
})

it('ends with its form', async () => {
  const { posts, turns, type } = form()
  type('a')
  turns.end()
  turns.left()
  await pass(600_000)
  expect(posts).toEqual([])
})
