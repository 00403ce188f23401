import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Clock } from '../clock.ts'
import type { SmsSender } from './sms.ts'

/** The stand-in: one JSON line `{at, phone, purpose, code?, text, key}` per message, on disk when it resolves. */
export const outboxSms = (file: string, clock: Clock): SmsSender => ({
  async send({ phone, purpose, code, text, key }) {
    const line = JSON.stringify({ at: clock.now().toISOString(), phone, purpose, code, text, key })
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    const outbox = await open(file, 'a', 0o600)
    try {
      await outbox.appendFile(`${line}\n`)
      await outbox.sync()
    } finally {
      await outbox.close()
    }
  },
})
