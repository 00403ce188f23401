import type { Collection } from './collection.ts'

/** Where a fault is caught first: as it is typed or uploaded, when it is sent, by a register, or by a person alone. */
export const places = ['field', 'submission', 'register', 'human'] as const
export type Place = (typeof places)[number]

/**
 * Why only a person can see it: what a picture shows, what is not true, what no register could tell this time, or what the
 * machine remarked on and may not refuse (EDU-6).
 */
export type Beyond = 'picture' | 'truth' | 'register' | 'remark'

/** One fault: a sound collection, and the same with the fault. */
export interface Entry {
  readonly id: string
  /** The rule of the specification that it breaks. */
  readonly rule: string
  /** In one line, as a reviewer would say it. */
  readonly what: string
  readonly expected: Place
  /** By what it is to be caught; '' where a person sees it without a hint. */
  readonly code: string
  readonly beyond?: Beyond
  readonly sound: Collection
  readonly faulty: Collection
}

type Said = Pick<Entry, 'id' | 'rule' | 'what' | 'expected' | 'code'> & Partial<Pick<Entry, 'beyond'>>

/** The fault laid over a sound collection. */
export const over = (sound: Collection, said: Said, fault: Partial<Collection>): Entry => ({
  ...said,
  sound,
  faulty: { ...sound, ...fault },
})
