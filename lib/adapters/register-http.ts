import { z } from 'zod'
import type { RegisterSettings } from '../env.ts'
import { networkCode, wordOf } from './provider-fault.ts'
import { isRegisterFailed, type RegisterAnswer, type Registers, registerFailed } from './registers.ts'

type Settings = Extract<RegisterSettings, { provider: 'http' }>

/** How long a register may take, all in all, in ms. */
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
  const chunks: Uint8Array[] = []
  let bytes = 0
  const announced = Number(response.headers.get('content-length') ?? 0)
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength
    // What is thrown here lets go of the connection as well.
    if (Math.max(bytes, announced) > mostBytes) throw registerFailed('too-large')
    chunks.push(chunk)
  }
  return new TextDecoder().decode(Buffer.concat(chunks))
}

function read(text: string): RegisterAnswer {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw registerFailed('not-json')
  }
  const found = answer.safeParse(value)
  if (!found.success) throw registerFailed('not-an-answer')
  return found.data
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
  return read(await textOf(response))
}

/**
 * A register of one's own over https (CHK-2): POST `{kind, subject}` as JSON, answered by `{records, source?}`, records by the
 * same field keys, null where it holds nothing of the kind. Anything else, or that after `patienceMs`, is a failure.
 */
export const httpRegisters = (settings: Settings, patienceMs = patience): Registers => ({
  async look(kind, subject) {
    const signal = AbortSignal.timeout(patienceMs)
    try {
      return await ask(settings, JSON.stringify({ kind, subject }), signal)
    } catch (error) {
      if (isRegisterFailed(error)) throw error
      throw registerFailed(signal.aborted ? 'timeout' : wordOf(networkCode(error) ?? 'network'))
    }
  },
})
