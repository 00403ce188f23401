/** 统计 (ADM-2): one department of the viewer's scope, read from what was counted and from nothing else. */

import { type Department, departmentById, departmentChain } from '#db/queries/departments.ts'
import { atPresent, figuresOf } from '#db/queries/figures.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { nodeOf } from '#lib/domain/department-paths.ts'
import { notFound } from '#lib/domain/errors.ts'
import { monthsTo } from '#lib/domain/figure-sums.ts'
import { flowMeasures, presentMeasures } from '#lib/domain/figures.ts'
import { monthOf } from '#lib/domain/months.ts'
import { addWorkingDays } from '#lib/domain/working-days.ts'
import { figureRoots, judgeFigures, seesFigures } from '#lib/policy/figures-policy.ts'
import { decisionsByStaff, figuresShown, type Span } from '#lib/readers/figures-shown.ts'
import { type BeneathSort, beneathView } from './figures-beneath.ts'
import { lateView, workView } from './figures-work.ts'

export { seesFigures } from '#lib/policy/figures-policy.ts'

export const monthChoices = [3, 12, 24] as const
type MonthChoice = (typeof monthChoices)[number]

export interface FiguresRequest {
  /** An id; '' for where the viewer's figures begin. */
  readonly department: string
  readonly months: MonthChoice
  readonly sort: BeneathSort
}

/** null = the whole country; `not-found` outside the scope. */
async function placeOf({ store }: Deps, actor: Staff, asked: string): Promise<Department | null> {
  const roots = figureRoots(actor)
  if (asked === '' && roots === null) return null
  const id = asked === '' ? nodeOf(roots?.[0] ?? '') : asked.slice(0, 100)
  const node = await departmentById(store.read, store.t, id)
  if (!node || judgeFigures(actor, 'see', node.path) !== 'yes') throw notFound()
  return node
}

/** The way down to a node within the scope, and where its people went if it is closed. */
async function frameOf({ store: { read, t } }: Deps, actor: Staff, node: Department) {
  const chain = await departmentChain(read, t, node)
  const successor = node.mergedInto === null ? null : await departmentById(read, t, node.mergedInto)
  return {
    chain: chain
      .filter(({ path }) => judgeFigures(actor, 'see', path) === 'yes')
      .map(({ id, name }) => ({ id, name })),
    mergedInto: successor?.fullName ?? null,
  }
}

/** Where the viewer's figures begin, where that is more than one place. */
async function otherRoots({ store: { read, t } }: Deps, actor: Staff) {
  const roots = figureRoots(actor) ?? []
  if (roots.length < 2) return []
  const found = await Promise.all(roots.map((path) => departmentById(read, t, nodeOf(path))))
  return found.flatMap((node) => (node ? [{ id: node.id, name: node.fullName }] : []))
}

async function spanOf({ clock, calendar }: Deps, months: number): Promise<Span> {
  const today = dayOf(clock.now())
  return {
    today,
    // As the queue says it: today and the next working day.
    soon: addWorkingDays(today, 1, await calendar()),
    months: monthsTo(monthOf(today), months),
  }
}

/** `not-found` for who has no figures to see, and outside their scope (SEC-1). */
export async function figuresView(deps: Deps, actor: Staff, { department, months, sort }: FiguresRequest) {
  if (!seesFigures(actor)) throw notFound()
  const { read, t } = deps.store
  const node = await placeOf(deps, actor, department)
  const span = await spanOf(deps, months)
  const [from = '', to = ''] = [span.months[0], span.months.at(-1)]
  const here = [node?.id ?? '']
  const rows = [
    ...(await figuresOf(read, t, here, atPresent, presentMeasures)),
    ...(await figuresOf(read, t, here, [from, to], flowMeasures)),
  ]
  const shown = figuresShown(rows, span)
  const mayWork = judgeFigures(actor, 'see-work', node?.path ?? '') === 'yes'
  const [frame, roots, beneath, work, late] = await Promise.all([
    node ? frameOf(deps, actor, node) : { chain: [], mergedInto: null },
    otherRoots(deps, actor),
    beneathView(deps, node, span, sort),
    node && mayWork ? workView(deps, node, decisionsByStaff(rows, span)) : null,
    node && mayWork && shown.period.lateReturns > 0 ? lateView(deps, actor, node, from) : [],
  ])
  return {
    node: node && { id: node.id, name: node.name, fullName: node.fullName, isActive: node.active },
    ...frame,
    roots,
    at: deps.clock.now(),
    months,
    from,
    to,
    shown,
    beneath,
    work,
    late,
  }
}

export type FiguresPage = Awaited<ReturnType<typeof figuresView>>
