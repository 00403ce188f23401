/** Who must be signed in for an action; `signed-out` leads to sign-in with the POST kept (SEC-5), the wrong kind to 404. */
import type { Actor, Applicant, Person, Staff } from '#lib/domain/actor.ts'
import { notFound, signedOut } from '#lib/domain/errors.ts'
import { viewer } from './session.ts'

export async function requireApplicant(): Promise<Applicant> {
  const found = await viewer()
  if (!found) throw signedOut()
  if (found.actor.kind !== 'applicant') throw notFound()
  return found.actor
}

/** An applicant, or somebody who claims a number and may do nothing else (ACC-9). */
export async function requirePerson(): Promise<Person> {
  const found = await viewer()
  if (!found) throw signedOut()
  if (found.actor.kind === 'staff') throw notFound()
  return found.actor
}

/** Who has an account of their own: not who only claims one (ACC-9). */
export async function requireHolder(): Promise<Applicant | Staff> {
  const found = await viewer()
  if (!found) throw signedOut()
  if (found.actor.kind === 'claimant') throw notFound()
  return found.actor
}

/** Whoever is signed in, of any kind. */
export async function requireSignedIn(): Promise<Actor> {
  const found = await viewer()
  if (!found) throw signedOut()
  return found.actor
}

export async function requireStaff(): Promise<Staff> {
  const found = await viewer()
  if (!found) throw signedOut()
  if (found.actor.kind !== 'staff') throw notFound()
  return found.actor
}

export const anyone = async (): Promise<null> => null
