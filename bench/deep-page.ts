/** Where page 500 of a queue begins, found in the database: nobody opens 499 pages before it. */
import { queuePageSize, reviewQueue } from '#lib/views/review-queue.ts'
import { staffNamed } from '#ops/demo/accounts.ts'
import type { BenchDeps } from './data.ts'

export interface DeepPage {
  readonly page: number
  /** Where the page before it ended, as an address says it. */
  readonly after: string
}

const wanted = 500

/** Page 500 of 待领取, or the last full one where there are fewer. */
export async function deepPageOf(deps: BenchDeps, login: string): Promise<DeepPage> {
  const actor = await staffNamed(deps, login)
  let found: DeepPage = { page: 1, after: '' }
  let { next } = await reviewQueue(deps, actor, { tab: 'free' })
  for (let page = 2; next !== null && page <= wanted; page += 1) {
    const after = next
    const queue = await reviewQueue(deps, actor, { tab: 'free', after })
    if (queue.rows.length < queuePageSize) break
    found = { page, after }
    next = queue.next
  }
  return found
}
