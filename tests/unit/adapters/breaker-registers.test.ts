import { expect, it } from 'vitest'
import { restingRegisters } from '#lib/adapters/breaker.ts'
import { isRegisterAway, registerFailed } from '#lib/adapters/registers.ts'
import { steppedClock } from '#tests/support/deps.ts'

const answer = { records: [], source: '' }

/** A register that works or fails as told, behind its breaker. */
function guarded() {
  const clock = steppedClock('2026-11-21T02:00:00Z')
  const state = { works: true, asked: 0 }
  const registers = restingRegisters(
    {
      look: async () => {
        state.asked += 1
        if (!state.works) throw registerFailed('HTTP-500')
        return answer
      },
    },
    clock,
  )
  const look = () =>
    registers.look('education', {}).then(
      () => 'answered',
      (error: unknown) => (isRegisterAway(error) ? 'away' : 'failed'),
    )
  return { clock, state, look }
}

it('asks five times of a register that fails, rests 30 s, then asks once', async () => {
  const { clock, state, look } = guarded()
  state.works = false
  for (let times = 0; times < 5; times += 1) expect(await look()).toBe('failed')
  expect([await look(), await look(), state.asked]).toEqual(['away', 'away', 5])
  clock.advance(29_999)
  expect([await look(), state.asked]).toEqual(['away', 5])
  clock.advance(1)
  expect([await look(), state.asked]).toEqual(['failed', 6])
  expect([await look(), state.asked]).toEqual(['away', 6])
  clock.advance(30_000)
  state.works = true
  // Several at once: one is let through, and opens the way for the others.
  expect(await Promise.all([look(), look(), look()])).toEqual(['answered', 'away', 'away'])
  expect([await look(), state.asked]).toEqual(['answered', 8])
})

it('an answer between two failures begins the count anew', async () => {
  const { state, look } = guarded()
  for (let round = 0; round < 3; round += 1) {
    state.works = false
    for (let times = 0; times < 4; times += 1) expect(await look()).toBe('failed')
    state.works = true
    expect(await look()).toBe('answered')
  }
})
