import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { outboxSms } from '#lib/adapters/sms-outbox.ts'
import { testFolder } from '#tests/support/folder.ts'

it('each message is one JSON line, also when many are sent at once', async () => {
  const file = join(await testFolder(), 'outbox', 'sms.jsonl')
  const sms = outboxSms(file, { now: () => new Date('2026-11-21T08:00:00Z') })
  await sms.send({
    phone: '13800000000',
    purpose: 'register',
    code: '012345',
    text: '验证码\n012345',
    key: 'k0',
  })
  await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      sms.send({
        phone: '13800000000',
        purpose: 'outcome',
        text: '您的申请已办结',
        notice: { number: 'C1', event: '通过' },
        key: `k${i + 1}`,
      }),
    ),
  )
  const lines = (await readFile(file, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines).toHaveLength(21)
  expect(lines[0]).toEqual({
    at: '2026-11-21T08:00:00.000Z',
    phone: '13800000000',
    purpose: 'register',
    code: '012345',
    text: '验证码\n012345',
    key: 'k0',
  })
  expect(Object.keys(lines[1])).toEqual(['at', 'phone', 'purpose', 'text', 'key'])
  expect(new Set(lines.map((line) => line.key)).size).toBe(21)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})
