'use server'
import { showAgain } from '#app/_form/show-again.ts'
import { typedIn, wholeForm } from '#app/_form/typed.ts'
import { withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { formAction } from '#lib/action/form-action.ts'
import { requireStaff } from '#lib/auth/actors.ts'
import { approveBatch } from '#lib/commands/approve-batch.ts'
import { approveCase } from '#lib/commands/approve-case.ts'
import { assignCase } from '#lib/commands/assign-case.ts'
import { cancelPenalty } from '#lib/commands/cancel-penalty.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { claimNext } from '#lib/commands/claim-next.ts'
import { forwardCase } from '#lib/commands/forward-case.ts'
import { refusalField, refuseCase } from '#lib/commands/refuse-case.ts'
import { releaseCase } from '#lib/commands/release-case.ts'
import { type Returning, returnCase } from '#lib/commands/return-case.ts'
import { saveOpinions } from '#lib/commands/save-opinions.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { isFault, notFound } from '#lib/domain/errors.ts'
import { issue, ok, refuse } from '#lib/domain/result.ts'
import { anchorOf, paths } from '#lib/paths.ts'
import { readOpinions, verdictName } from '#lib/schemas/findings.ts'
import { departmentPathIn } from '#lib/schemas/staff.ts'
import { isQueueTab, numbersOf, queueKinds } from '#lib/views/review-queue.ts'
import { isSecondClick } from '#lib/views/second-click.ts'
import { type Decision, isLook, outcomeOf, pressedIn } from './_decisions.ts'

const isId = (text: string) => /^[0-9a-f-]{36}$/.test(text)
const caseIn = (form: Form) => {
  const caseId = form.get('case')
  if (!isId(caseId)) throw notFound()
  return caseId
}
const pageOf = (form: Form) => paths.reviewCase(caseIn(form))

const kindIn = (form: Form) => queueKinds.find((id) => id === form.get('kind'))

/** The page of the queue a form stands on (REV-1): its tab, what it was narrowed to, and how far down. */
const placeOf = (form: Form, over: { number?: string } = {}) =>
  paths.review({
    tab: isQueueTab(form.get('tab')) ? form.get('tab') : '',
    kind: kindIn(form),
    checks: form.get('checks') === 'agree' ? 'agree' : '',
    after: /^[\w.-]{1,80}$/.test(form.get('after')) ? form.get('after') : '',
    ...over,
  })

/** A name in an address would stand in histories and logs (SEC-4): what tells a person is kept, and the page looks for it. */
export const search = formAction({
  actor: requireStaff,
  page: (form) => placeOf(form),
  read: (form) => {
    const text = form.get('search').trim().slice(0, 100)
    return text === '' ? refuse(issue('search', 'search-empty')) : ok({ text, form })
  },
  run: async (_deps, actor, { text, form }) => {
    const number = text.normalize('NFKC').replaceAll(/\s/g, '').toUpperCase()
    return /^[A-Z]\d{16}$/.test(number)
      ? `${placeOf(form, { number })}#main`
      : showAgain(placeOf(form), new Form({ search: [text] }), [], 'main', actor.id)
  },
  then: (to) => to,
})

export const next = formAction({
  actor: requireStaff,
  page: () => paths.review(),
  read: (form) => ok({ kind: kindIn(form) }),
  run: (deps, actor, { kind }) => claimNext(deps, actor, kind ? { kind } : {}),
  then: (caseId, { kind }) =>
    caseId === null
      ? `${paths.review({ tab: 'free', kind, done: 'none' })}#main`
      : `${paths.reviewCase(caseId)}?done=claimed#main`,
})

/**
 * What became of them is kept for the page: 受理编号 of those that are left to do. 勾选本页全部 ticks what stood on the page when it was
 * pressed, at its version then, and nothing that comes there later.
 */
export const passBatch = formAction({
  actor: requireStaff,
  page: (form) => placeOf(form),
  // What stands on the page is not what was ticked there.
  secret: ['shown'],
  read: (form) => {
    const seen = form.getAll('case').map((one) => one.split('.'))
    const ticked = seen.filter(([id = '']) => isId(id))
    return ok({ form, seen: new Map(ticked.map(([id = '', version = '']) => [id, Number(version)])) })
  },
  run: async (deps, actor, { form, seen }) => {
    if (form.get('intent') === 'pick')
      return showAgain(placeOf(form), new Form({ case: form.getAll('shown') }), [], 'main', actor.id)
    const fates = [...(await approveBatch(deps, actor, { caseIds: [...seen.keys()], versions: seen }))]
    const where = (...of: string[]) => fates.filter(([, fate]) => of.includes(fate)).map(([id]) => id)
    const told = new Form({
      approved: [String(where('approved').length)],
      held: [...(await numbersOf(deps, actor, where('held-back')))],
      left: [...(await numbersOf(deps, actor, where('unfit', 'gone')))],
    })
    return showAgain(placeOf(form), told, [], 'main', actor.id)
  },
  then: (to) => to,
})

export const forward = formAction({
  actor: requireStaff,
  page: (form) => paths.reviewForward(caseIn(form)),
  secret: ['intent'],
  read: wholeForm,
  run: async (deps, actor, form) => {
    const caseId = caseIn(form)
    if (form.get('intent') === 'levels')
      return showAgain(paths.reviewForward(caseId), form, ['intent'], 'department', actor.id)
    await forwardCase(deps, actor, {
      caseId,
      version: form.whole('version'),
      department: departmentPathIn(typedIn(form)),
      reason: form.get('reason'),
    })
    return `${paths.review({ tab: 'mine', done: 'forwarded' })}#main`
  },
  then: (to) => to,
})

export const assign = formAction({
  actor: requireStaff,
  page: pageOf,
  read: (form) =>
    ok({ caseId: caseIn(form), version: form.whole('version'), reviewerId: form.get('reviewer') }),
  run: (deps, actor, input) => assignCase(deps, actor, input),
  then: (_, { caseId }) => `${paths.reviewCase(caseId)}?done=assigned#main`,
})

export const claim = formAction({
  actor: requireStaff,
  page: pageOf,
  // What was typed when the lease ran out comes back with it.
  read: (form) =>
    ok({ caseId: caseIn(form), kept: /^[\w-]{43}$/.test(form.get('kept')) ? form.get('kept') : '' }),
  run: (deps, actor, input) => claimCase(deps, actor, input),
  then: (_, { caseId, kept }) => {
    const page = `${paths.reviewCase(caseId)}?done=claimed`
    return `${kept === '' ? page : withEcho(page, kept)}#main`
  },
})

export const release = formAction({
  actor: requireStaff,
  page: pageOf,
  read: (form) => ok({ caseId: caseIn(form), version: form.whole('version') }),
  run: (deps, actor, input) => releaseCase(deps, actor, input),
  then: () => `${paths.review({ tab: 'mine', done: 'released' })}#main`,
})

/** 撤销登记 of a 处罚 (AWD-1). */
export const cancelEntry = formAction({
  actor: requireStaff,
  page: pageOf,
  read: (form) => ok({ caseId: caseIn(form) }),
  run: (deps, actor, input) => cancelPenalty(deps, actor, input),
  then: () => `${paths.review({ done: 'cancelled' })}#main`,
})

/**
 * 保存意见 · 退回 · 审核通过 · 不予通过, and 显示完整号码: one form, so that whatever is pressed takes what was typed along. The second
 * of two clicks on what ends the round is answered like the first.
 */
export const decide = formAction({
  actor: requireStaff,
  page: pageOf,
  read: (form) =>
    ok({
      caseId: caseIn(form),
      version: form.whole('version'),
      note: form.get(refusalField).replaceAll('\r\n', '\n').trim(),
      lateKnown: form.get('late') === '1',
      opinions: readOpinions(form.values),
      form,
      ...pressedIn(form),
    }),
  run: async (deps, actor, input) => {
    const { caseId, decision, form, more } = input
    if (isLook(decision))
      return showAgain(paths.reviewCase(caseId, decision === 'full'), form, removals(form), 'main', actor.id)
    const done = await carryOut(deps, actor, { ...input, decision })
    if (done !== 'saved') return `${paths.review({ tab: 'mine', done })}#main`
    const saved = `${paths.reviewCase(caseId)}?done=${done}`
    return more === '' ? `${saved}#main` : `${saved}&more=${more}#${anchorOf(verdictName(more))}`
  },
  then: (to) => to,
})

/** What is marked for removal goes with a save, not with a look: it is shown again unmarked. */
const removals = (form: Form) => Object.keys(form.values).filter((name) => name.endsWith('.remove'))

interface Pressed extends Returning {
  readonly decision: Decision
  readonly note: string
}

/** What was done, as the queue says it. */
async function carryOut(deps: Deps, actor: Staff, input: Pressed) {
  const { decision, caseId } = input
  if (decision === 'save') {
    await saveOpinions(deps, actor, input)
    return 'saved'
  }
  const outcome = outcomeOf[decision]
  try {
    if (decision === 'approve') return await approveCase(deps, actor, input)
    await (decision === 'return' ? returnCase : refuseCase)(deps, actor, input)
    return outcome
  } catch (error) {
    const sent = { caseId, outcome, findings: input.opinions.findings, note: input.note }
    if (isFault(error, 'refused') && (await isSecondClick(deps, actor, sent))) return outcome
    throw error
  }
}
