/** What a row becomes under the newest key, column by column. */
import { keyIdOf } from '#db/crypto.ts'
import type { Deps } from '#lib/deps.ts'
import type { Part, Stored } from './plan.ts'

/** What does not open: the key it asks for, whether or not the ring has it; null for what is not sealed at all. */
export interface Unopened {
  readonly column: string
  readonly keyId: string | null
}

export interface Rewritten {
  /** New values by column; nothing where all of it is under the newest key. */
  readonly change: Stored
  readonly unopened: readonly Unopened[]
  /** Indexes that cannot be made again: what they are of is not there, or does not open. */
  readonly stuck: readonly string[]
  /** `waits`: sealed under an older key; null for a row without one. */
  readonly file: 'current' | 'waits' | 'missing' | null
}

interface Opened {
  readonly file: Rewritten['file']
  readonly bytes: Uint8Array | null
  readonly unopened: readonly Unopened[]
}

async function openFile({ files, keys }: Deps, key: string | null): Promise<Opened> {
  const none = { bytes: null, unopened: [] }
  if (key === null) return { file: null, ...none }
  const found = await files.sealed(key)
  if (!found) return { file: 'missing', ...none }
  const file = found.head.startsWith(keys.header) ? 'current' : 'waits'
  try {
    return { file, bytes: found.open(), unopened: [] }
  } catch {
    return { file: 'current', bytes: null, unopened: [{ column: 'file', keyId: keyIdOf(found.head) }] }
  }
}

/** Changes nothing. `withFile`: its file is read as well, and `bytes` are what `reseal` puts back. */
export async function rewrite(
  deps: Deps,
  part: Part,
  row: Stored,
  withFile: boolean,
): Promise<Rewritten & { readonly bytes: Uint8Array | null }> {
  const { keys } = deps
  const change: Record<string, unknown> = {}
  const opened: Record<string, string> = {}
  const unopened: Unopened[] = []
  for (const [column, contextOf] of part.sealed) {
    const sealed = row[column]
    if (typeof sealed !== 'string' || sealed === '') continue
    const context = contextOf(row)
    try {
      const text = keys.unseal(sealed, context)
      opened[column] = text
      if (!sealed.startsWith(keys.header)) change[column] = keys.seal(text, context)
    } catch {
      unopened.push({ column, keyId: keyIdOf(sealed) })
    }
  }
  const found = await openFile(deps, withFile && part.file ? part.file(row) : null)
  const stuck: string[] = []
  for (const [column, derive] of part.derived) {
    if (row[column] === null) continue
    if (part.file && !withFile) continue
    const index = await derive(deps, { row, opened, bytes: found.bytes })
    if (index === undefined) stuck.push(column)
    else if (index !== row[column]) change[column] = index
  }
  return {
    change,
    unopened: [...unopened, ...found.unopened],
    stuck,
    file: found.file,
    bytes: found.bytes,
  }
}
