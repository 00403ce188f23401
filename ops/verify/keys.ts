/** Every sealed value opened, every index made anew: what no key of the ring opens, and what waits for `rotate-keys`. */
import type { Deps } from '#lib/deps.ts'
import { pageOf, placeOf } from '../rotate/pages.ts'
import { plan } from '../rotate/plan.ts'
import { rewrite } from '../rotate/rewrite.ts'
import type { Tell } from './chain.ts'

const pageSize = 200

/** Gives how many rows there are and how many of them are under an older key. Files are opened by `verifyPictures`. */
export async function verifyKeys(deps: Deps, tell: Tell): Promise<{ rows: number; older: number }> {
  const { read, t } = deps.store
  let [rows, older] = [0, 0]
  for (const part of plan) {
    let place = ''
    for (;;) {
      const page = await pageOf(read, t, part, { place, header: null, limit: pageSize })
      for (const row of page) {
        const { change, unopened } = await rewrite(deps, part, row, false)
        const name = `${part.table} ${placeOf(part, row)}`
        for (const { column, keyId } of unopened)
          tell(
            keyId === null || deps.keys.ids.includes(keyId)
              ? `keys: ${name}: ${column} is damaged`
              : `keys: ${name}: ${column} asks for the key ${keyId}, which APP_KEYS does not have`,
          )
        const changed = Object.keys(change)
        const waits = changed.some((column) => part.sealed.has(column))
        if (waits) older += 1
        else for (const column of changed) tell(`keys: ${name}: ${column} is not what it is an index of`)
      }
      rows += page.length
      const last = page.at(-1)
      if (!last || page.length < pageSize) break
      place = placeOf(part, last)
    }
  }
  return { rows, older }
}
