/** Every form of the service goes through here: actor → input → command → 303. The only place that catches. */
import { revalidatePath } from 'next/cache'
import { notFound as notFoundPage, redirect } from 'next/navigation'
import { ownerOfCookie } from '#lib/auth/session.ts'
import { type Deps, deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import type { Issue, Result } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { backTo, keep, keepOpen, letGo } from './echo.ts'
import { Form } from './form.ts'

export interface ActionSpec<A extends { readonly id: string } | null, I, R> {
  readonly actor: () => Promise<A>
  /** The page the form stands on: where a refusal leads back to. */
  readonly page: (form: Form) => string
  /** What that page is called in an echo, where its own address holds a secret. */
  readonly keptAs?: string
  readonly read: (form: Form) => Result<I>
  readonly run: (deps: Deps, actor: A, input: I) => Promise<R>
  /** Where success leads. State a fragment or accept the browser's. */
  readonly then: (result: R, input: I) => string | Promise<string>
  /** Fields that are never kept: passwords and codes. */
  readonly secret?: readonly string[]
}

/**
 * A server action from its parts. A refusal keeps what was typed and its issues in an echo and leads back to the
 * page with `?echo=…#errors`; an ended session leads to sign-in with the POST kept; what is not there is a 404.
 */
export function formAction<A extends { readonly id: string } | null, I, R>(spec: ActionSpec<A, I, R>) {
  return async (data: FormData): Promise<void> => {
    let to: string
    try {
      to = await answer(spec, new Form(data))
    } catch (error) {
      // The page of a refusal may be what is not there, so this is caught around all the rest.
      if (isFault(error, 'not-found')) notFoundPage()
      throw error
    }
    // With script the browser keeps pages it has shown: without this, Back shows them as they were before the save.
    revalidatePath('/', 'layout')
    redirect(to)
  }
}

/** Where the form leads: on, back to its page, or to sign-in. */
async function answer<A extends { readonly id: string } | null, I, R>(
  spec: ActionSpec<A, I, R>,
  form: Form,
): Promise<string> {
  const d = await deps()
  let ownerId: string | null = null
  try {
    const actor = await spec.actor()
    ownerId = actor?.id ?? null
    if (form.truncated) return await back(spec, form, [{ at: null, code: 'form-too-long' }], '', ownerId)
    const input = spec.read(form)
    if (!input.ok) return await back(spec, form, input.issues, '', ownerId)
    const to = await spec.then(await spec.run(d, actor, input.value), input.value)
    if (ownerId !== null) await letGo(form, ownerId)
    return to
  } catch (error) {
    if (isFault(error, 'refused')) return back(spec, form, error.issues, '', ownerId)
    if (isFault(error, 'stale')) return back(spec, form, [{ at: null, code: 'stale' }], 'stale', ownerId)
    if (isFault(error, 'signed-out')) return signInFirst(spec, form, d)
    throw error
  }
}

type Described = Pick<ActionSpec<never, never, never>, 'page' | 'keptAs' | 'secret'>

async function back(
  spec: Described,
  form: Form,
  issues: readonly Issue[],
  notice: '' | 'stale',
  ownerId: string | null,
) {
  const page = spec.page(form)
  const kept = { page: spec.keptAs ?? page, form, secret: spec.secret ?? [], issues }
  const id = ownerId === null ? await keepOpen(kept) : await keep({ ...kept, notice, ownerId })
  return `${backTo(page, id)}#errors`
}

/** The POST is kept for whose session it was; where nobody knows that, the next to sign in here must not read it (SEC-5). */
async function signInFirst(spec: Described, form: Form, d: Deps): Promise<string> {
  const page = spec.page(form)
  const ownerId = await ownerOfCookie(d)
  if (ownerId === null) return paths.loginAfter('left')
  const secret = spec.secret ?? []
  return paths.login(await keep({ page, form, secret, issues: [], notice: 'signed-out', ownerId }))
}
