import { z } from 'zod'
import type { RegisterSettings } from '../env.ts'
import { type RegisterAnswer, type Registers, registerFailed } from './registers.ts'

type Settings = Extract<RegisterSettings, { provider: 'http' }>

/** How long a register may take, all in all. */
const patience = 8000
/** A person's records are a few hundred bytes each. */
const mostBytes = 64 * 1024

const answer = z.object({
  records: z
    .array(z.record(z.string().max(60), z.string().max(500)))
    .max(50)
    .nullable(),
  source: z.string().max(60).default(''),
})

/** Reads no more than `mostBytes`, whatever the header says. */
async function textOf(response: Response): Promise<string> {
  if (Number(response.headers.get('content-length') ?? 0) > mostBytes) throw registerFailed('too-large')
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw registerFailed('too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

async function ask({ url, token }: Settings, body: string, signal: AbortSignal): Promise<RegisterAnswer> {
  const response = await fetch(url, {
    method: 'POST',
    body,
    signal,
    redirect: 'manual',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
  })
  if (!response.ok) {
    await response.body?.cancel().catch(() => undefined)
    throw registerFailed(`HTTP-${response.status}`)
  }
  const read = answer.safeParse(JSON.parse(await textOf(response)))
  if (!read.success) throw registerFailed('not-an-answer')
  return read.data
}

/**
 * A register of one's own over https (CHK-2): POST `{kind, subject}` as JSON, answered by `{records, source?}`, records by the
 * same field keys, null where it holds nothing of the kind. Anything else, in 8 s or later, is a failure.
 */
export const httpRegisters = (settings: Settings): Registers => ({
  async look(kind, subject) {
    const signal = AbortSignal.timeout(patience)
    try {
      return await ask(settings, JSON.stringify({ kind, subject }), signal)
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'register-failed') throw error
      throw registerFailed(signal.aborted ? 'timeout' : error instanceof SyntaxError ? 'not-json' : 'network')
    }
  },
})
