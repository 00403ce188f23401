import { parseArgs } from 'node:util'
import type { Deps } from '#lib/deps.ts'
import { type Rotated, rotateKeys } from './rotate/rotate.ts'
import { withDeps } from './with-deps.ts'

const usage = 'npm run ops -- rotate-keys [--again]'
/** On SQLite whoever waits for the writer looks again within 25 ms. */
const pauseMs = { sqlite: 25, pg: 2 } as const

const counted = (counts: ReadonlyMap<string, number>) =>
  [...counts].map(([where, count]) => `${count} of ${where}`).join(', ')

/** What a rotation left, a line each; `isWhole`: everything opens and is under the newest key. */
export function outcomeLines(ids: readonly string[], done: Rotated): { lines: string[]; isWhole: boolean } {
  const {
    keyId,
    rows,
    files,
    left,
    waiting,
    missing,
    damaged,
    outdated,
    twins,
    ownIdentities,
    recoveryCodes,
  } = done
  const older = ids.filter((id) => id !== keyId)
  const lines = [rows + files > 0 ? `${rows} rows and ${files} files are written anew under ${keyId}` : '']
  for (const [id, counts] of left)
    if (id === '') lines.push(`no sealed value at all: ${counted(counts)}`)
    else if (ids.includes(id))
      lines.push(`damaged, they do not open under their key ${id}: ${counted(counts)}`)
    else lines.push(`the key ${id} is needed, and APP_KEYS does not have it: ${counted(counts)}`)
  if (missing > 0) lines.push(`${missing} files are missing: see verify`)
  if (damaged > 0) lines.push(`${damaged} files are damaged: see verify`)
  for (const twin of twins)
    lines.push(
      `${twin} stays under its older key: another account has the same phone or identity under ${keyId}`,
    )
  if (outdated > 0)
    lines.push(`${outdated} receipts say something else than the record, and will do so for good`)
  if (older.length > 0 && ownIdentities > 0)
    lines.push(
      `of ${ownIdentities} members of staff or invitations nobody knows any more whose cases are their own once ${older.join(', ')} is left out`,
    )
  if (older.length > 0 && recoveryCodes > 0)
    lines.push(
      `${recoveryCodes} members of staff have recovery codes from before: they do not work without ${older.join(', ')}, let them make new ones first`,
    )
  if (waiting > 0)
    lines.push(
      `${waiting} values were written under an older key meanwhile: does a server run without ${keyId}?`,
    )
  const isClear = twins.length === 0 && waiting === 0
  if (older.length === 0) lines.push(`everything that opens is under ${keyId}`)
  else if (isClear) lines.push(`everything that opens is under ${keyId}: ${older.join(', ')} can be left out`)
  else lines.push(`${older.join(', ')} cannot be left out yet`)
  return { lines: lines.filter((line) => line !== ''), isWhole: left.size === 0 && isClear }
}

/** Writes everything anew that is under an older key (SEC-2); safe at any time, beside the server, and to be run again. */
export async function rotate(deps: Deps, again: boolean, say: (line: string) => void): Promise<boolean> {
  const { lines, isWhole } = outcomeLines(
    deps.keys.ids,
    await rotateKeys(deps, { again, say, pauseMs: pauseMs[deps.store.engine] }),
  )
  for (const line of lines) say(line)
  return isWhole
}

/** Ends with 1 where something stayed under another key. */
export async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { again: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  if (positionals.length > 0) throw new Error(usage)
  const isWhole = await withDeps(async (deps) => {
    if ((await deps.store.pendingMigrations()) > 0)
      throw new Error('migrations are missing: run migrate first')
    return rotate(deps, values.again, (line) => console.log(line))
  })
  if (!isWhole) throw new Error('not everything is under the newest key')
}
