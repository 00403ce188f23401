/** 现在可以办理: what a person may send now, by the preconditions that judge it when it is sent. */
import { latestCases } from '#db/queries/cases.ts'
import { hasRecord } from '#db/queries/records.ts'
import type { CaseKindId } from '#lib/cases/define.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { changedSection, changeKinds } from '#lib/domain/changes.ts'
import { paths } from '#lib/paths.ts'
import { changeWords } from '#lib/text/changes.ts'
import { recordWords } from '#lib/text/record.ts'
import type { Obstacle } from './obstacles.ts'
import { obstaclesTo, ownState, type TaskState } from './task-state.ts'

export interface Task {
  readonly id: string
  readonly title: string
  readonly text: string
  readonly href: string
  /** `blocked`: something has to come first, and `reasons` say what. */
  readonly state: TaskState
  readonly reasons: readonly Obstacle[]
}

/** The pages where people begin these themselves. */
const places = {
  transfer: paths.transfers,
  credit: paths.credits(),
  award: paths.conduct,
} as const

/** Everything somebody with a record can do, in the order of the menu. */
export async function tasksOf({ store }: Deps, actor: Applicant): Promise<Task[]> {
  const { read, t } = store
  const [cases, recorded] = [await latestCases(read, t, actor.id), await hasRecord(read, t, actor.id)]
  const task = (kind: CaseKindId, words: Pick<Task, 'title' | 'text' | 'href'>): Task => {
    const reasons = obstaclesTo(kind, cases, recorded)
    return { id: kind, ...words, state: reasons.length > 0 ? 'blocked' : ownState(cases.get(kind)), reasons }
  }
  const { change, print } = recordWords.tasks
  return [
    ...changeKinds.map((kind) => {
      const page = changedSection(kind) ?? 'basic'
      const title = change.title(changeWords.pages[page])
      return task(kind, { title, text: change.text, href: paths.changes(page) })
    }),
    ...(['transfer', 'credit', 'award'] as const).map((kind) =>
      task(kind, { ...recordWords.tasks[kind], href: places[kind] }),
    ),
    task('exam', { ...recordWords.tasks.exam, href: paths.exams }),
    {
      id: 'print',
      ...print,
      href: paths.recordForm(),
      state: recorded ? 'free' : 'blocked',
      reasons: [],
    },
  ]
}
