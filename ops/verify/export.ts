/** The audit chain as a file, one link with its row per line, and the check of such a file without any database (ADM-3). */
import { createReadStream } from 'node:fs'
import { type FileHandle, open, rm } from 'node:fs/promises'
import { z } from 'zod'
import { type ChainHead, chainStart, noRow } from '#db/audit-hash.ts'
import { chainHead, type Link, linkAt, linkRange, linksAfter, rowTexts } from '#db/queries/audit-chain.ts'
import type { Deps } from '#lib/deps.ts'
import { addDays, type Day, startOfDay } from '#lib/domain/days.ts'
import { firstIdAt } from '#lib/domain/id-times.ts'
import { chainJudge, type Tell } from './chain.ts'

const pageSize = 1000
/** No line is near as long. */
const longestLine = 1_000_000

export interface ExportRange {
  /** Both inclusive, in UTC+8; null for no bound. */
  readonly from: Day | null
  readonly to: Day | null
}

const seqBefore = (seq: string) => String(Number(seq) - 1).padStart(12, '0')

/** The links of these days, and those between them: after which one they begin, and the last. */
async function span({ store: { read, t } }: Deps, { from, to }: ExportRange) {
  const head = await chainHead(read, t)
  if (from === null && to === null) return { after: chainStart, last: head.seq }
  const found = await linkRange(read, t, {
    from: from === null ? null : firstIdAt(startOfDay(from)),
    to: to === null ? null : firstIdAt(startOfDay(addDays(to, 1))),
  })
  if (!found) return null
  const before = seqBefore(found.first)
  const link = before === chainStart.seq ? chainStart : await linkAt(read, t, before)
  if (!link) throw new Error(`the link before ${found.first} is missing: run verify`)
  return { after: { seq: link.seq, hash: link.hash }, last: found.last }
}

/** The row stands as its hash was made of it. */
const lineOf = (link: Pick<Link, 'seq' | 'hash' | 'log'>, row: string) =>
  `${JSON.stringify(link).replace(/}$/, '')},"row":${row}}\n`

async function writeLinks(deps: Deps, out: FileHandle, { after, last }: { after: ChainHead; last: string }) {
  const { read, t } = deps.store
  let head = after
  let count = 0
  await out.write(`${JSON.stringify(after)}\n`)
  for (;;) {
    const links = await linksAfter(read, t, head.seq, { limit: pageSize, last })
    const texts = await rowTexts(
      read,
      t,
      links.map(({ log, rowId }) => ({ log, id: rowId })),
    )
    const lines = links.map(({ seq, hash, log, rowId }) =>
      lineOf({ seq, hash, log }, texts.get(rowId) ?? noRow),
    )
    if (lines.length > 0) await out.write(lines.join(''))
    count += links.length
    const end = links.at(-1)
    if (end) head = { seq: end.seq, hash: end.hash }
    if (links.length < pageSize) return { head, count }
  }
}

/** Writes the links of these days into a new file. Throws where the file is there already, or where there is nothing to write. */
export async function exportAudit(
  deps: Deps,
  file: string,
  range: ExportRange,
): Promise<{ first: ChainHead; head: ChainHead; count: number }> {
  const found = await span(deps, range)
  if (!found) throw new Error('no row of these days is in the chain')
  const out = await open(file, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'EEXIST' ? new Error(`${file} is there already, and is not replaced`) : error
  })
  try {
    const written = await writeLinks(deps, out, found)
    await out.sync()
    await out.close()
    return { first: found.after, ...written }
  } catch (error) {
    await out.close().catch(() => undefined)
    await rm(file, { force: true })
    throw error
  }
}

const place = { seq: z.string().regex(/^\d{12}$/), hash: z.string().regex(/^[0-9a-f]{64}$/) }
const startLine = z.strictObject(place)
const linkLine = z.strictObject({ ...place, log: z.enum(['event', 'access']), row: z.unknown() })

/** Split at line feeds alone: other line ends may stand inside a text. */
async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const chunk of createReadStream(file, 'utf8')) {
    const parts = `${rest}${chunk}`.split('\n')
    rest = parts.pop() ?? ''
    if (rest.length > longestLine) throw new Error(`${file} is no export of the audit log`)
    yield* parts
  }
  if (rest !== '') yield rest
}

/** What a line holds, if it is written as `exportAudit` writes it, to the letter; null otherwise. */
function read<T>(shape: z.ZodType<T>, line: string): T | null {
  try {
    const value: unknown = JSON.parse(line)
    const found = JSON.stringify(value) === line ? shape.safeParse(value) : null
    return found?.success ? found.data : null
  } catch {
    return null
  }
}

/** Computes the chain of an export anew. Throws where the file does not begin as one. */
export async function verifyExport(
  file: string,
  noted: ChainHead | null,
  tell: Tell,
): Promise<{ first: ChainHead; head: ChainHead; links: number }> {
  const lines = linesOf(file)
  const begin = await lines.next()
  const first = begin.done ? null : read(startLine, begin.value)
  if (!first) throw new Error(`${file} is no export of the audit log`)
  const judge = chainJudge(first, tell)
  let isNotedSeen = noted?.seq === first.seq
  if (noted && isNotedSeen && noted.hash !== first.hash)
    tell(`chain: link ${noted.seq} is not the noted head`)
  let number = 1
  for await (const line of lines) {
    number += 1
    const link = read(linkLine, line)
    if (!link) {
      tell(`line ${number} is no link as exports hold them`)
      continue
    }
    const { seq, log, hash, row } = link
    judge.next({ seq, log, hash, name: `line ${number}`, row: JSON.stringify(row) })
    if (noted?.seq !== seq) continue
    isNotedSeen = true
    if (noted.hash !== hash) tell(`chain: link ${seq} is not the noted head`)
  }
  if (noted && !isNotedSeen) tell(`chain: the noted head ${noted.seq} is not in this file`)
  return { first, head: judge.head(), links: judge.count() }
}
