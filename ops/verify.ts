import { parseArgs } from 'node:util'
import type { ChainHead } from '#db/audit-hash.ts'
import { codesOf, isUnavailable } from '#db/unavailable.ts'
import type { Deps } from '#lib/deps.ts'
import { type Tell, verifyHead, verifyLinks, verifyLog, verifyPending } from './verify/chain.ts'
import { verifyExport } from './verify/export.ts'
import { verifyExports, verifyOrphans, verifyPictures } from './verify/files.ts'
import { verifyKeys } from './verify/keys.ts'
import { withDeps } from './with-deps.ts'

const usage = 'npm run ops -- verify [--head SEQ:HASH] [--keys] | verify --export FILE [--head SEQ:HASH]'
const mostTold = 1000

type Say = (line: string) => void

/** Tells the first thousand faults and counts all. */
function teller(say: Say): { tell: Tell; count: () => number } {
  let count = 0
  return {
    tell(fault) {
      count += 1
      if (count <= mostTold) say(`wrong: ${fault}`)
      else if (count === mostTold + 1)
        say(`more than ${mostTold} things are wrong; the others are only counted`)
    },
    count: () => count,
  }
}

/** `SEQ:HASH` as `verify` printed it; throws a sentence for anything else. */
export function notedHead(text: string | undefined): ChainHead | null {
  if (text === undefined) return null
  const [, seq, hash] = /^(\d{1,12}):([0-9a-f]{64})$/.exec(text.trim().toLowerCase()) ?? []
  if (seq === undefined || hash === undefined)
    throw new Error('--head is the number and the hash of a link, as verify prints them: 000000000042:3f9c…')
  return { seq: seq.padStart(12, '0'), hash }
}

const headText = ({ seq, hash }: ChainHead) => `${seq}:${hash}`

/** Database, audit chain and files, and with `withKeys` every sealed value (OPS-2): says what was looked at and what is wrong with it; gives the number of faults. */
export async function verify(
  deps: Deps,
  noted: ChainHead | null,
  say: Say,
  withKeys = false,
): Promise<number> {
  const { store } = deps
  if ((await store.pendingMigrations()) > 0) throw new Error('migrations are missing: run migrate first')
  const { tell, count } = teller(say)
  /** A part that a damaged database does not let read to its end is told, and the next one looked at. */
  const asFarAsItGoes = async <T>(work: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (!isUnavailable(error)) throw error
      tell(`database: it cannot be read any further here (${codesOf(error).at(-1) ?? 'no connection'})`)
      return otherwise
    }
  }
  await asFarAsItGoes(async () => {
    for (const fault of await store.faults()) tell(`database: ${fault}`)
  }, undefined)
  say(
    store.engine === 'sqlite'
      ? 'database: SQLite, every page, index and reference was checked'
      : 'database: PostgreSQL, only what its catalogues say; data pages and indexes are for pg_amcheck, references were kept by the server itself',
  )
  const chain = await asFarAsItGoes(() => verifyLinks(deps, tell), null)
  const rows = await asFarAsItGoes(
    async () => (await verifyLog(deps, 'event', tell)) + (await verifyLog(deps, 'access', tell)),
    0,
  )
  await asFarAsItGoes(async () => {
    await verifyPending(deps, tell)
    if (noted) await verifyHead(deps, noted, tell)
  }, undefined)
  say(`chain: ${chain?.links ?? 0} links, ${rows} rows in the logs`)
  const pictures = await asFarAsItGoes(() => verifyPictures(deps, tell), 0)
  const exported = await asFarAsItGoes(() => verifyExports(deps, tell), 0)
  await asFarAsItGoes(() => verifyOrphans(deps, tell), undefined)
  say(`files: ${pictures} pictures, ${exported} exported files`)
  if (withKeys) {
    const { rows: sealed, older } = await asFarAsItGoes(() => verifyKeys(deps, tell), { rows: 0, older: 0 })
    say(`keys: ${sealed} rows, ${older} of them under an older key and waiting for rotate-keys`)
  }
  if (chain) say(`head ${headText(chain.head)}`)
  return count()
}

/** The same for an exported file, by itself. */
export async function verifyFile(file: string, noted: ChainHead | null, say: Say): Promise<number> {
  const { tell, count } = teller(say)
  const { first, head, links } = await verifyExport(file, noted, tell)
  say(`export: ${links} links after ${headText(first)}`)
  say(`head ${headText(head)}`)
  return count()
}

/** Ends with 1 where anything is wrong. */
export async function run(args: readonly string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      head: { type: 'string' },
      export: { type: 'string' },
      keys: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  if (positionals.length > 0) throw new Error(usage)
  const noted = notedHead(values.head)
  const say: Say = (line) => console.log(line)
  const faults =
    values.export === undefined
      ? await withDeps((deps) => verify(deps, noted, say, values.keys))
      : await verifyFile(values.export, noted, say)
  if (faults > 0) throw new Error(`${faults} things are wrong`)
  say('nothing is wrong')
}
