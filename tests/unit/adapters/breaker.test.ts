import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { withBreaker } from '#lib/adapters/breaker.ts'
import { isSmsAway, type SmsMessage, smsFailed, smsRefused } from '#lib/adapters/sms.ts'
import { smsOf } from '#lib/deps.ts'
import { steppedClock } from '#tests/support/deps.ts'
import { testFolder } from '#tests/support/folder.ts'
import { httpSettings, standIn } from '#tests/support/sms-stand-ins.ts'

const message: SmsMessage = { phone: '13900000000', purpose: 'notice', text: 't', key: 'k' }

type Answer = 'ok' | 'fails' | 'refuses'

function broken() {
  const clock = steppedClock('2026-11-21T02:00:00Z')
  const answers: Answer[] = []
  let asked = 0
  const sender = withBreaker(
    {
      send: async () => {
        asked += 1
        const answer = answers.shift() ?? 'ok'
        if (answer !== 'ok') throw answer === 'refuses' ? smsRefused('no') : smsFailed('down')
      },
    },
    clock,
  )
  return {
    clock,
    /** How a send ended, where the provider answers so. */
    async send(answer: Answer) {
      answers.splice(0, answers.length, answer)
      const before = asked
      const end = await sender.send(message).then(
        () => 'sent',
        (error: unknown) => (isSmsAway(error) ? 'away' : 'thrown'),
      )
      return asked === before ? `${end}, nobody asked` : end
    },
  }
}

/** What is done, in ms or as an answer, and how each send ends. */
type Step = readonly [Answer | number, string?]
const fails = (times: number): Step[] => Array.from({ length: times }, () => ['fails', 'thrown'])
const away = 'away, nobody asked'

describe('the breaker', () => {
  it.each<[string, Step[]]>([
    ['stays closed for four failures', [...fails(4), ['ok', 'sent'], ...fails(4), ['ok', 'sent']]],
    ['opens at the fifth in a row', [...fails(5), ['ok', away]]],
    ['stays open for 30 s', [...fails(5), [29_999], ['ok', away], [1], ['ok', 'sent'], ['ok', 'sent']]],
    [
      'rests again after a try that fails',
      [...fails(5), [30_000], ['fails', 'thrown'], [29_999], ['ok', away], [1], ['ok', 'sent']],
    ],
    [
      'needs five failures again once it closed',
      [...fails(5), [30_000], ['ok', 'sent'], ...fails(4), ['ok', 'sent']],
    ],
    ['counts no refusal', [...fails(4), ['refuses', 'thrown'], ...fails(4), ['ok', 'sent']]],
    [
      'closes by a refusal too: somebody answered',
      [...fails(5), [30_000], ['refuses', 'thrown'], ['ok', 'sent']],
    ],
  ])('%s', async (_what, steps) => {
    const one = broken()
    for (const [what, end] of steps) {
      if (typeof what === 'number') one.clock.advance(what)
      else expect(await one.send(what)).toBe(end)
    }
  })

  it('lets one through when its rest is over, and one alone', async () => {
    const clock = steppedClock('2026-11-21T02:00:00Z')
    let asked = 0
    let answer: () => void = () => undefined
    const sender = withBreaker(
      {
        send: () => {
          asked += 1
          if (asked <= 5) throw smsFailed('down')
          return new Promise<void>((done) => {
            answer = done
          })
        },
      },
      clock,
    )
    for (let times = 0; times < 5; times += 1) await sender.send(message).catch(() => undefined)
    clock.advance(30_000)
    const first = sender.send(message)
    await expect(sender.send(message)).rejects.toMatchObject({ code: 'sms-away' })
    expect(asked).toBe(6)
    answer()
    await first
    const next = sender.send(message)
    answer()
    await next
    expect(asked).toBe(7)
  })

  it('rests no longer for failures that were under way', async () => {
    const clock = steppedClock('2026-11-21T02:00:00Z')
    const fail: (() => void)[] = []
    let healthy = false
    const sender = withBreaker(
      {
        send: () =>
          healthy
            ? Promise.resolve()
            : new Promise((_, reject) => void fail.push(() => reject(smsFailed('down')))),
      },
      clock,
    )
    const sends = Array.from({ length: 6 }, () => sender.send(message).catch(() => undefined))
    for (const one of fail.slice(0, 5)) one()
    await Promise.all(sends.slice(0, 5))
    clock.advance(3000)
    fail[5]?.()
    await sends[5]
    healthy = true
    clock.advance(27_000)
    await sender.send(message)
  })
})

describe('the sender of an environment', () => {
  it('is what SMS_PROVIDER names, with a breaker around it', async () => {
    const gateway = await standIn(() => ({ status: 503 }))
    const clock = steppedClock('2026-11-21T02:00:00Z')
    const sender = smsOf({ dataDir: '/nowhere', sms: httpSettings(gateway.url) }, clock)
    for (let times = 0; times < 8; times += 1) await sender.send(message).catch(() => undefined)
    expect(gateway.calls).toHaveLength(5)
  })

  it('of the demo writes a file and loads no cloud', async () => {
    const dataDir = await testFolder()
    const script = `
      import { createRequire } from 'node:module'
      import { smsOf } from '#lib/deps.ts'
      await smsOf({ dataDir: ${JSON.stringify(dataDir)}, sms: { provider: 'outbox' } }, { now: () => new Date() })
        .send(${JSON.stringify(message)})
      const loaded = Object.keys(createRequire(import.meta.url).cache)
      console.log(JSON.stringify(loaded.filter((file) => /alicloud|tencentcloud/.test(file))))`
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script])
    expect(JSON.parse(stdout)).toEqual([])
    expect(await readFile(join(dataDir, 'outbox', 'sms.jsonl'), 'utf8')).toContain('13900000000')
  })
})
