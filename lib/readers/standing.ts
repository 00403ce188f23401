/** How far a section is: computed by the same rules as saving, never stored (COL-2). */
import type { Context, Row, Section } from '#lib/sections/define.ts'
import { examine, isSound, type Placed } from './examine.ts'

/** 未填 · 填写中 · 已完成 · 需修改. */
export type Standing = 'empty' | 'partial' | 'complete' | 'returned'

export interface SectionState {
  readonly rows: readonly Row[]
  readonly files: readonly Placed[]
  /** A return named something here and nothing was edited since (SUB-4). */
  readonly awaitsMending: boolean
}

const isBlank = ({ values, children = [] }: Row): boolean =>
  Object.values(values).every((value) => value === '') && children.every(isBlank)

export function standing(section: Section, state: SectionState, context: Context): Standing {
  if (state.awaitsMending) return 'returned'
  const untouched = state.files.length === 0 && state.rows.every(isBlank)
  if (untouched) return 'empty'
  return isSound(examine(section, state.rows, context, state.files)) ? 'complete' : 'partial'
}

/** Whether the section may be submitted as it is: an empty list that nothing requires may. */
export const submittable = (section: Section, state: SectionState, context: Context) =>
  !state.awaitsMending && isSound(examine(section, state.rows, context, state.files))
