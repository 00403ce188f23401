/** Who looks after sessions of exams, and in which province: deny by default (EXM-1, SEC-1). */
import type { Actor } from '#lib/domain/actor.ts'
import { staffScope } from './staff-policy.ts'

/** Operators make sessions, change what holds nationwide and publish. */
export const runsExams = (actor: Actor): boolean => actor.kind === 'staff' && staffScope(actor) === null

/** The first-level nodes whose window, fee and 报考点 the actor looks after; null = all of them. */
export const examProvinces = (actor: Actor): readonly string[] | null =>
  actor.kind === 'staff' ? (staffScope(actor)?.filter((path) => !path.includes('/')) ?? null) : []

/** Whoever looks after a province, or all of them. */
export function seesExamSessions(actor: Actor): boolean {
  const provinces = examProvinces(actor)
  return provinces === null || provinces.length > 0
}

/** Whether the node at `path`, of the first level, is the actor's to set up for an exam. */
export function runsProvince(actor: Actor, path: string): boolean {
  const provinces = examProvinces(actor)
  return path !== '' && !path.includes('/') && (provinces === null || provinces.includes(path))
}
