import { parseArgs } from 'node:util'
import { record } from '#db/events.ts'
import type { Deps } from '#lib/deps.ts'
import { type Day, isDay } from '#lib/domain/days.ts'
import { newId } from '#lib/ids.ts'
import { exportAudit } from './verify/export.ts'
import { withDeps } from './with-deps.ts'

const usage = 'npm run ops -- export-audit FILE [--from YYYY-MM-DD] [--to YYYY-MM-DD]'

function dayIn(text: string | undefined): Day | null {
  if (text === undefined) return null
  if (!isDay(text)) throw new Error(`${text} is no day; ${usage}`)
  return text
}

/** Writes the audit chain into a new file (ADM-3), which `verify --export` checks; gives what to say. */
export async function exportAuditFile(deps: Deps, args: readonly string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { from: { type: 'string' }, to: { type: 'string' } },
    allowPositionals: true,
  })
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0) throw new Error(usage)
  const [from, to] = [dayIn(values.from), dayIn(values.to)]
  if (from !== null && to !== null && from > to) throw new Error('--from is later than --to')
  const { first, head, count } = await exportAudit(deps, file, { from, to })
  const at = deps.clock.now()
  const data = { after: first.seq, last: head.seq }
  await deps.store.tx((q) => record(q, deps.store.t, { id: newId(at), kind: 'audit.exported', data, at }))
  return [`${count} links after ${first.seq}:${first.hash}`, `head ${head.seq}:${head.hash}`].join('\n')
}

export const run = (args: readonly string[]) =>
  withDeps(async (deps) => console.log(await exportAuditFile(deps, args)))
