/** Sessions of exams as operators make them. */
import { publishExamSession } from '#lib/commands/publish-exam-session.ts'
import { saveExamSession } from '#lib/commands/save-exam-session.ts'
import { saveExamSite } from '#lib/commands/save-exam-site.ts'
import type { Deps } from '#lib/deps.ts'
import type { Actor } from '#lib/domain/actor.ts'
import { makeStaff } from './deps.ts'

/** Of `testNow`: registration begins two weeks later. */
export const typedSession = {
  level: 'junior',
  year: '2027',
  opensAt: '2026-12-05T09:00',
  collectBy: '2026-12-23T12:00',
  closesAt: '2026-12-24T12:00',
  payBy: '2026-12-24T18:00',
  examFrom: '2027-05-15',
  examTo: '2027-05-18',
  fee: '56.00',
  notice: '请核对报名信息。',
}
export type TypedSessionForm = typeof typedSession
export const typedSite = { name: '广州市天河区报考点', city: '440100', capacity: '100' }

/** A session that is published, and its operator. Seed the departments first. */
export async function publishedExam(deps: Deps, change: Partial<TypedSessionForm> = {}) {
  const { actor: operator } = await makeStaff(deps, { role: 'operator', departmentId: null })
  const { id } = await saveExamSession(deps, operator, {
    sessionId: null,
    version: 0,
    typed: { ...typedSession, ...change },
  })
  await publishExamSession(deps, operator, { sessionId: id, version: 1 })
  return { sessionId: id, operator }
}

/** A 报考点 in a province. */
export async function siteIn(
  deps: Deps,
  operator: Actor,
  sessionId: string,
  departmentId: string,
  change: Partial<typeof typedSite> = {},
): Promise<string> {
  const typed = { ...typedSite, ...change }
  return (await saveExamSite(deps, operator, { sessionId, departmentId, siteId: null, version: 0, typed })).id
}
