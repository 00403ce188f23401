/**
 * Errors that carry meaning across module copies: Next evaluates modules up to three times in one process,
 * so they are told apart by `code`, never by `instanceof`.
 */
import type { Issue } from './result.ts'

export type FaultCode = 'not-found' | 'refused' | 'stale' | 'signed-out' | 'lost'

export class Fault extends Error {
  readonly code: FaultCode
  readonly issues: readonly Issue[]
  constructor(code: FaultCode, issues: readonly Issue[] = []) {
    super(code)
    this.code = code
    this.issues = issues
  }
}

/** Not there, or outside the actor's scope: the two are never told apart (SEC-1). */
export const notFound = () => new Fault('not-found')
/** A rule says no; the issues say why. */
export const refused = (...issues: Issue[]) => new Fault('refused', issues)
/** Somebody saved first (COL-4). */
export const stale = () => new Fault('stale')
export const signedOut = () => new Fault('signed-out')
/** A file that should be there is missing or damaged: nothing of the request is wrong (OPS-1). */
export const lost = () => new Fault('lost')

export const isFault = (error: unknown, code?: FaultCode): error is Fault =>
  error instanceof Error &&
  'code' in error &&
  'issues' in error &&
  (code === undefined || error.code === code)
