import { mkdir, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Clock } from '../clock.ts'

export interface SmsMessage {
  readonly phone: string
  /** What the message is for, e.g. the form that asked for a code. */
  readonly purpose: string
  /** The code alone, where the message carries one (ACC-3). */
  readonly code?: string
  readonly text: string
  /** Same key, same message: a provider may use it to send only once. */
  readonly key: string
}

/** Resolves when the message has been taken over for delivery; a throw means try again later. */
export interface SmsSender {
  send(message: SmsMessage): Promise<void>
}

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
