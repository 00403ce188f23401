/** The departments beneath a place, side by side (ADM-2). */
import { type Department, departmentLevel } from '#db/queries/departments.ts'
import { atPresent, type FigureRow, summedFigures } from '#db/queries/figures.ts'
import { unattended } from '#db/queries/unattended.ts'
import type { Deps } from '#lib/deps.ts'
import { provinceTiles } from '#lib/domain/tile-grid.ts'
import { decisionsOf, type Span, standOf } from '#lib/readers/figures-shown.ts'

export const beneathSorts = ['waiting', 'overdue', 'people', 'name'] as const
export type BeneathSort = (typeof beneathSorts)[number]

/** No node of the tree has so many. */
export const mostBeneath = 200

export interface BeneathLine {
  readonly id: string
  readonly name: string
  /** GB/T 2260; null where it serves no place. */
  readonly regionCode: string | null
  readonly isActive: boolean
  /** Cases wait, and nobody at work reviews or manages exactly here (REV-7). */
  readonly isUnattended: boolean
  readonly people: number
  readonly waiting: number
  readonly overdue: number
  readonly decided: number
  readonly returnRate: number | null
}

async function rowsOf({ store: { read, t } }: Deps, ids: readonly string[], span: Span) {
  if (ids.length === 0) return []
  const months = [span.months[0] ?? '', span.months.at(-1) ?? ''] as const
  const [now, flows] = await Promise.all([
    summedFigures(read, t, ids, atPresent, ['people', 'cases', 'due'], span),
    summedFigures(read, t, ids, months, ['decided'], span),
  ])
  return [...now, ...flows]
}

function lineOf(
  node: Department,
  rows: readonly FigureRow[],
  isUnattended: boolean,
  span: Span,
): BeneathLine {
  const { people, waiting, overdue } = standOf(rows, span)
  const { decided, returnRate } = decisionsOf(rows, (period) => span.months.includes(period))
  return {
    id: node.id,
    name: node.name,
    regionCode: node.regionCode,
    isActive: node.active,
    isUnattended,
    people,
    waiting,
    overdue,
    decided,
    returnRate,
  }
}

/** A closed one without any figures is left out: there is nothing to say of it. */
const isWorthALine = ({ isActive, people, waiting, decided }: BeneathLine) =>
  isActive || people + waiting + decided > 0

/** In official order, or from the most; `node` null is the whole country. */
export async function beneathView(deps: Deps, node: Department | null, span: Span, sort: BeneathSort) {
  const { read, t } = deps.store
  const level = { parentId: node?.id ?? null }
  const found = await departmentLevel(read, t, level, { after: null, limit: mostBeneath + 1 })
  const nodes = found.slice(0, mostBeneath)
  const ids = nodes.map(({ id }) => id)
  const [rows, alone] = await Promise.all([
    rowsOf(deps, ids, span),
    ids.length === 0
      ? []
      : unattended(read, t, { ids }, { now: deps.clock.now(), today: span.today }, ids.length),
  ])
  const rowsAt = Map.groupBy(rows, ({ departmentId }) => departmentId)
  const flagged = new Set(alone.map(({ id }) => id))
  const lines = nodes
    .map((one) => lineOf(one, rowsAt.get(one.id) ?? [], flagged.has(one.id), span))
    .filter(isWorthALine)
  return {
    sort,
    more: found.length > nodes.length,
    lines: sort === 'name' ? lines : lines.toSorted((a, b) => b[sort] - a[sort]),
    grid: node === null ? gridOf(lines) : null,
  }
}

/** The first level as squares: each division at its place, the rest in a row of their own. */
function gridOf(lines: readonly BeneathLine[]) {
  const tiles = provinceTiles.map((place) => ({
    place,
    line: lines.find(({ regionCode, isActive }) => isActive && regionCode === place.code) ?? null,
  }))
  const placed = new Set(tiles.flatMap(({ line }) => line?.id ?? []))
  return { tiles, others: lines.filter(({ id }) => !placed.has(id)) }
}
