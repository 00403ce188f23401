/** What a slot says of a picture that came: the rules of its kind, on the bytes received (BAS-1, BAS-3). */
import { type Issue, issue, ok, type Result, refuse } from '#lib/domain/result.ts'
import { checkProof, proofLimits } from '#lib/schemas/attachment.ts'
import { checkPortrait, portraitLimits } from '#lib/schemas/photo.ts'
import type { Inspected } from './inspect.ts'
import type { NotReceived } from './receive.ts'

/** Received whole up to here, so that a refusal can name the measured size; the rules allow far less. */
export const mostReceived = 12 * 1024 * 1024

const arrival = {
  'too-big': 'picture-too-large',
  empty: 'picture-none',
  none: 'picture-none',
  bad: 'picture-interrupted',
  length: 'picture-interrupted',
} as const satisfies Readonly<Record<NotReceived['code'], string>>

interface Asked {
  readonly at: string
  readonly accept: 'portrait' | 'proof'
}

/** Why nothing came that could be looked at; what was too much to read is told the limit of its own slot. */
export const arrivalIssue = ({ at, accept }: Asked, { code }: Pick<NotReceived, 'code'>): Issue => {
  const { maxBytes } = accept === 'portrait' ? portraitLimits : proofLimits
  return issue(at, arrival[code], { limit: maxBytes })
}

/** A picture that may stand in the slot: upright and clean, with what was measured as it came. */
export interface Accepted {
  readonly clean: Buffer
  readonly format: 'jpeg' | 'png'
  readonly bytes: number
  readonly width: number
  readonly height: number
}

/** Every rule it fails, at the slot `at`. */
export function judgePicture(inspected: Inspected, { at, accept }: Asked): Result<Accepted> {
  const rules = accept === 'portrait' ? checkPortrait : checkProof
  if (!inspected.ok) {
    const { code, facts } = inspected
    const byRule = code === 'format' || code === 'too-many-pixels' ? rules(facts, at) : []
    if (byRule.length > 0) return refuse(...byRule)
    return refuse(issue(at, code === 'timeout' ? 'picture-busy' : 'picture-unreadable'))
  }
  const faults = rules(inspected.facts, at)
  if (faults.length > 0) return refuse(...faults)
  const { format, bytes, width, height } = inspected.facts
  return ok({ clean: inspected.clean, format, bytes, width, height })
}
