/** What tracker 7 asks of each point, as multiples of what stands beside it. */

export const letters = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'] as const
export type Letter = (typeof letters)[number]

export interface Target {
  readonly what: string
  readonly beside: 'page' | 'post'
  /** At most so many times the bare Next page or post; null where the picture and the rest are judged apart. */
  readonly most: number | null
}

export const targets: Readonly<Record<Letter, Target>> = {
  a: { what: 'wizard page, GET', beside: 'page', most: 1.6 },
  b: { what: 'save of a step, POST without script', beside: 'post', most: 1.8 },
  c: { what: 'upload of a picture, 1200 × 1600', beside: 'post', most: null },
  d: { what: 'submission, 2 education and 2 work rows', beside: 'post', most: 4 },
  e: { what: 'review queue', beside: 'page', most: 2.2 },
  f: { what: 'review screen', beside: 'page', most: 4 },
  g: { what: 'decision', beside: 'post', most: 2.5 },
  h: { what: 'home page, signed out', beside: 'page', most: 1.2 },
}

/** Of (c): the picture as a multiple of sharp alone, the rest as one of the bare Next post. */
export const pictureTargets = { picture: 1.3, rest: 2 } as const
/** Of (e): page 500 beside page 1, and the largest size beside the smallest. */
export const queueTargets = { deep: 1.05, growth: 1.2 } as const
/** In MB, of each server of the service. */
export const memoryTarget = 600
/** Of every page that is compared between the sizes. */
export const growthTarget = 1.2
