/** Exams of the demo, made by the commands of operators. */
import { examSessionById, seatsOf } from '#db/queries/exams.ts'
import { demoSessions, demoSites, demoWindow } from '#db/seed/demo-exams.ts'
import { publishExamSession } from '#lib/commands/publish-exam-session.ts'
import { saveExamSession } from '#lib/commands/save-exam-session.ts'
import { saveExamSite } from '#lib/commands/save-exam-site.ts'
import { saveExamWindow } from '#lib/commands/save-exam-window.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { addDays, dayOf } from '#lib/domain/days.ts'

const sessionsIn = ({ store: { read, t } }: Deps) => read.select().from(t.examSession)

/** Whether every level has an exam that people see. */
export async function examsSeeded(deps: Deps): Promise<boolean> {
  const published = (await sessionsIn(deps)).filter(({ publishedAt }) => publishedAt !== null)
  return demoSessions(dayOf(deps.clock.now())).every(({ level }) =>
    published.some((session) => session.level === level),
  )
}

/** One published exam of each level that has none; what an interruption left is finished. */
export async function seedExams(deps: Deps, operator: Staff): Promise<void> {
  const there = await sessionsIn(deps)
  for (const typed of demoSessions(dayOf(deps.clock.now()))) {
    const known = there.find(({ level }) => level === typed.level)
    if (known?.publishedAt) continue
    const sessionId =
      known?.id ?? (await saveExamSession(deps, operator, { sessionId: null, version: 0, typed })).id
    await seedPlaces(deps, operator, sessionId, typed)
    const session = await examSessionById(deps.store.read, deps.store.t, sessionId)
    await publishExamSession(deps, operator, { sessionId, version: session?.version ?? 0 })
  }
}

async function seedPlaces(
  deps: Deps,
  operator: Staff,
  sessionId: string,
  typed: ReturnType<typeof demoSessions>[number],
) {
  const { read, t } = deps.store
  if ((await seatsOf(read, t, sessionId)).size > 0) return
  const { departmentId, daysLess, fee } = demoWindow
  const collectBy = `${addDays(typed.collectBy.slice(0, 10), -daysLess)}T12:00`
  await saveExamWindow(deps, operator, {
    sessionId,
    departmentId,
    version: 0,
    typed: { ...typed, collectBy, fee },
  })
  for (const { departmentId: province, ...site } of demoSites)
    await saveExamSite(deps, operator, {
      sessionId,
      departmentId: province,
      siteId: null,
      version: 0,
      typed: site,
    })
}
