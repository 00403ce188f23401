/** Who may open a page at all: signed out leads to sign-in, the wrong kind of account to 404. */
import { headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import type { Applicant, Person, Staff } from '#lib/domain/actor.ts'
import { paths } from '#lib/paths.ts'
import { type Viewer, viewer } from './session.ts'

type As<K> = Viewer & { readonly actor: K }

/** To sign-in, which leads back to the page that was asked for, as the door saw it; its query is not kept. */
async function signInFirst(): Promise<never> {
  redirect(paths.loginFor((await headers()).get('x-path') ?? ''))
}

export async function applicantPage(): Promise<As<Applicant>> {
  const found = await viewer()
  if (!found) return signInFirst()
  const { actor } = found
  if (actor.kind !== 'applicant') notFound()
  return { ...found, actor }
}

export async function personPage(): Promise<As<Person>> {
  const found = await viewer()
  if (!found) return signInFirst()
  const { actor } = found
  if (actor.kind === 'staff') notFound()
  return { ...found, actor }
}

/** For whoever has an account of their own: not for who only claims one (ACC-9). */
export async function holderPage(): Promise<As<Applicant | Staff>> {
  const found = await viewer()
  if (!found) return signInFirst()
  const { actor } = found
  if (actor.kind === 'claimant') notFound()
  return { ...found, actor }
}

/** For whoever is signed in, of any kind. */
export async function signedInPage(): Promise<Viewer> {
  const found = await viewer()
  if (!found) return signInFirst()
  return found
}

export async function staffPage(): Promise<As<Staff>> {
  const found = await viewer()
  if (!found) return signInFirst()
  const { actor } = found
  if (actor.kind !== 'staff') notFound()
  return { ...found, actor }
}
