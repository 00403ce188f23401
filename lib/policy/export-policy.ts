/** Who may have what written into a file: one table, deny by default (ADM-2, ADM-3, SEC-1). */

import type { Actor, Grant, Role } from '#lib/domain/actor.ts'
import { isWithinPath } from '#lib/domain/department-paths.ts'
import { type ExportKind, exportKinds, mayBeFull } from '#lib/domain/exports.ts'
import { type Issue, issue } from '#lib/domain/result.ts'

export interface ExportFacts {
  readonly kind: ExportKind
  /** Of the department whose subtree is asked for; '' is the whole country. */
  readonly path: string
  /** With whole names, numbers and phones. */
  readonly full: boolean
}

type Answer = 'yes' | 'hidden' | Issue

/** Who has what for the subtree of their grant. Operators stand beside the tree and have all of it. */
const byRole: Readonly<Record<ExportKind, readonly Role[]>> = {
  people: ['manager', 'viewer'],
  cases: ['manager', 'viewer'],
  figures: ['manager', 'viewer'],
  audit: ['auditor'],
  // It tells of penalties (AWD-1): not for who looks at figures.
  eligibility: ['manager'],
  entries: ['manager', 'viewer'],
}

/** What is held for somebody on leave is for reviewing in their place, and for nothing else. */
const ownGrants = (actor: Actor): readonly Grant[] =>
  actor.kind === 'staff' ? actor.grants.filter(({ deputyFor }) => (deputyFor ?? null) === null) : []

/** For who is given the whole country (ACC-10); every other office without a department counts nowhere. */
const isOfCountry = ({ role, departmentId }: Grant) =>
  departmentId === null && (role === 'operator' || role === 'auditor')

function covers(grant: Grant, path: string): boolean {
  if (isOfCountry(grant)) return true
  return grant.path !== '' && isWithinPath(path, grant.path)
}

const gives = ({ role, departmentId }: Grant, kind: ExportKind) =>
  role === 'operator' ? departmentId === null : byRole[kind].includes(role)

/** `hidden` outside one's scope; who may have it masked only is told so: `export-full-beyond-you` at `full`. */
export function judgeExport(actor: Actor, { kind, path, full }: ExportFacts): Answer {
  const giving = ownGrants(actor).filter((grant) => gives(grant, kind) && covers(grant, path))
  if (giving.length === 0) return 'hidden'
  if (!full) return 'yes'
  return mayBeFull(kind) && giving.some(({ role }) => role === 'manager')
    ? 'yes'
    : issue('full', 'export-full-beyond-you')
}

/** Whether a list of cases may say who decided them: who of the staff does how much is not for viewers (REV-7). */
export const exportsDeciders = (actor: Actor, path: string): boolean =>
  ownGrants(actor).some((grant) => grant.role !== 'viewer' && gives(grant, 'cases') && covers(grant, path))

/** The kinds the actor has somewhere; none for who exports nothing. */
export const exportableKinds = (actor: Actor): readonly ExportKind[] =>
  exportKinds.filter((kind) =>
    ownGrants(actor).some((grant) => gives(grant, kind) && (isOfCountry(grant) || grant.path !== '')),
  )

/** Whether whole numbers are for the actor anywhere. */
export const mayExportFull = (actor: Actor): boolean =>
  ownGrants(actor).some(({ role, path }) => role === 'manager' && path !== '')

/** Whether the actor has this kind of the whole country. */
const exportsCountry = (actor: Actor, kind: ExportKind): boolean =>
  judgeExport(actor, { kind, path: '', full: false }) === 'yes'

/** The department a form of this kind begins at; null for the whole country. */
export function exportHome(actor: Actor, kind: ExportKind): string | null {
  if (exportsCountry(actor, kind)) return null
  return ownGrants(actor).find((grant) => gives(grant, kind) && grant.path !== '')?.departmentId ?? null
}
