/** One department as who looks after it sees it (ADM-1). */
import { departmentById, departmentsUnder, heldBy, staffedRoles } from '#db/queries/departments.ts'
import { provinceRow } from '#db/queries/provinces.ts'
import { countCap } from '#db/queries/review.ts'
import { unattended } from '#db/queries/unattended.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { kindsBeneath } from '#lib/domain/department-kinds.ts'
import { notFound } from '#lib/domain/errors.ts'
import { provinceOf, usualRules } from '#lib/domain/province-rules.ts'
import { judgeDepartment } from '#lib/policy/department-policy.ts'
import { acceptedWorkProofs } from '#lib/sections/work-proofs.ts'
import { countWords } from '#lib/text/ui.ts'
import { momentOf, seenChain, seenDepartment } from './departments.ts'
import { ownTemplates } from './note-templates.ts'

const countedAt = async ({ store }: Deps, id: string) => {
  const { people, cases } = await heldBy(store.read, store.t, id, countCap)
  return {
    isEmpty: people + cases === 0,
    people: countWords(people, countCap),
    cases: countWords(cases, countCap),
  }
}

async function staffAt({ store, clock }: Deps, id: string) {
  const held = await staffedRoles(store.read, store.t, id, clock.now())
  const of = (role: (typeof held)[number]['role']) =>
    new Set(held.filter((one) => one.role === role).map(({ accountId }) => accountId)).size
  return { offices: held.length, reviewers: of('reviewer'), managers: of('manager') }
}

/** `not-found` outside the viewer's scope. */
export async function departmentView(deps: Deps, actor: Staff, id: string) {
  const { read, t } = deps.store
  const node = await seenDepartment(deps, actor, id)
  const [chain, beneath, staff, flagged, successor, left, templates, own] = await Promise.all([
    seenChain(deps, actor, node),
    departmentsUnder(read, t, node.id),
    staffAt(deps, node.id),
    unattended(read, t, { ids: [node.id] }, momentOf(deps), 1),
    node.mergedInto === null ? null : departmentById(read, t, node.mergedInto),
    node.mergedInto === null ? null : countedAt(deps, node.id),
    node.active ? ownTemplates(deps, node.id) : [],
    provinceRow(read, t, provinceOf(node.path)),
  ])
  return {
    ...node,
    chain: chain.map((one) => ({ id: one.id, name: one.name })),
    hasBeneath: beneath.length > 0,
    staff,
    proofs: acceptedWorkProofs(node.acceptedProofs.split(' ')),
    isUnattended: flagged.length > 0,
    mergedInto: successor?.fullName ?? null,
    /** What a closed one still holds, while it is being moved. */
    left: left?.isEmpty ? null : left,
    kindsBeneath: kindsBeneath(node),
    /** Its own 常用语; those from above are looked after there. */
    templates,
    /** Of the province it lies in; `rulesVersion` 0 are the usual ones. */
    rules: own ?? usualRules,
    rulesVersion: own?.version ?? 0,
    maySetRules: judgeDepartment(actor, 'rules', node.path) === 'yes',
    mayClose: judgeDepartment(actor, 'close', node.path) === 'yes',
  }
}

/** What closing it would mean; `not-found` where it cannot be asked for. */
export async function closingView(deps: Deps, actor: Staff, id: string) {
  const node = await seenDepartment(deps, actor, id)
  if (judgeDepartment(actor, 'close', node.path) !== 'yes') throw notFound()
  const [chain, held, { offices }] = await Promise.all([
    seenChain(deps, actor, node),
    countedAt(deps, node.id),
    staffAt(deps, node.id),
  ])
  return {
    id: node.id,
    name: node.name,
    fullName: node.fullName,
    version: node.version,
    isActive: node.active,
    chain: chain.map((one) => ({ id: one.id, name: one.name })),
    parentId: node.parentId,
    people: held.people,
    cases: held.cases,
    offices,
  }
}
