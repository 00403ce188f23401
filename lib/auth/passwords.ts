import { availableParallelism } from 'node:os'
import { hash, verify } from '@node-rs/argon2'
import { type Limiter, limiter } from '../limiter.ts'
import { once } from '../once.ts'

/** ACC-11: argon2id (the package's default algorithm), 19 MiB, two passes, one lane. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const

/** Each hash holds 19 MiB and a core for some 30 ms: one core is left to the pages, and never more than two are taken. */
const hashesAtOnce = Math.max(1, Math.min(2, availableParallelism() - 1))
const hashTurn = (): Limiter => once('password-hashing', () => limiter(hashesAtOnce))

/** A PHC string that carries salt and cost. */
export const hashPassword = (plain: string): Promise<string> => hashTurn()(() => hash(plain, COST))

/** Throws when `stored` is not a PHC string: that is damage, not a wrong password. */
export const verifyPassword = (stored: string, plain: string): Promise<boolean> =>
  hashTurn()(() => verify(stored, plain))

/** Costs what `verifyPassword` costs, so that the time of an answer does not tell whether an account exists. */
export async function verifyAgainstNothing(plain: string): Promise<false> {
  await verifyPassword(NOBODY, plain)
  return false
}

const unpadded = (length: number) => Buffer.alloc(length).toString('base64').replace(/=+$/, '')

const NOBODY = `$argon2id$v=19$m=${COST.memoryCost},t=${COST.timeCost},p=${COST.parallelism}$${unpadded(16)}$${unpadded(COST.outputLen)}`
