/** An SMS gateway of one's own on the loopback (SMS_PROVIDER=http): keeps what it is given, and can say no. */
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import { z } from 'zod'

const message = z.object({
  phone: z.string(),
  purpose: z.string(),
  code: z.string().optional(),
  text: z.string(),
  key: z.string(),
})
type Message = z.infer<typeof message>

export interface SmsInbox {
  readonly url: string
  /** Everything taken over, oldest first; each key once. */
  readonly messages: readonly Message[]
  /** What it answers: taken over, refused for good, or nothing at all for ten seconds. */
  mode: 'takes' | 'refuses' | 'hangs'
  /** The newest code sent to this phone; waits up to 10 s for one it has not given out. */
  code(phone: string): Promise<string>
  stop(): Promise<void>
}

const statuses = { takes: 202, refuses: 422 } as const

export async function smsInbox(): Promise<SmsInbox> {
  const messages: Message[] = []
  const given = new Set<string>()
  const server = createServer(async (request, response) => {
    const sent = message.parse(JSON.parse(await text(request)))
    const { mode } = inbox
    if (mode === 'hangs') return setTimeout(() => response.destroy(), 10_000).unref()
    if (mode === 'takes' && !messages.some(({ key }) => key === sent.key)) messages.push(sent)
    return response.writeHead(statuses[mode]).end()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  const inbox: SmsInbox = {
    url: `http://127.0.0.1:${port}/sms`,
    messages,
    mode: 'takes',
    async code(phone) {
      for (let tries = 0; tries < 100; tries += 1) {
        const found = messages.findLast((one) => one.phone === phone && one.code && !given.has(one.key))
        if (found?.code) {
          given.add(found.key)
          return found.code
        }
        await new Promise((wake) => setTimeout(wake, 100))
      }
      throw new Error('no code within 10 s')
    },
    stop: () =>
      new Promise((stopped) => {
        server.closeAllConnections()
        server.close(() => stopped())
      }),
  }
  return inbox
}
