/** 奖惩登记 of a subtree, for who reviews or manages it, and 奖励公开 for everybody (AWD-1). */
import { accountContext } from '#db/queries/accounts.ts'
import { type ConductEntry, entriesWithin, publishedAwards } from '#db/queries/conduct.ts'
import { departmentById } from '#db/queries/departments.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { reviewedPaths } from '#lib/policy/case-policy.ts'
import { mayPublish } from '#lib/policy/conduct-policy.ts'
import { type EntryTold, entryTold, natureWord } from '#lib/readers/conduct-entry.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { departmentPathIn } from '#lib/schemas/staff.ts'
import { awardsWords } from '#lib/text/conduct.ts'
import { dayWords } from '#lib/text/dates.ts'
import { maskedName } from '#lib/text/surnames.ts'
import { departmentLevels } from './department-levels.ts'

const entriesPageSize = 20

const cursorIn = (text: string) => (/^[0-9a-f-]{36}$/.test(text) ? text : '')

export interface EntryLine extends EntryTold {
  readonly id: string
  readonly caseId: string
  readonly number: string
  /** Masked. */
  readonly person: string
  readonly department: string
  readonly decidedOn: string
  readonly late: boolean
  readonly published: boolean
  /** What a manager may do with it; null for everybody else, and for what cannot be public. */
  readonly mayBecome: 'published' | 'unpublished' | null
}

function mayBecome(actor: Staff, entry: ConductEntry, path: string): EntryLine['mayBecome'] {
  if (entry.kind !== 'award' || entry.revokedAt !== null || !mayPublish(actor, path)) return null
  return entry.published ? 'unpublished' : 'published'
}

/** One page of the entries in the actor's subtrees; `not-found` for who reviews nothing. */
export async function entryList(
  { store, keys, clock }: Deps,
  actor: Staff,
  { kind, after }: { readonly kind: string; readonly after: string },
) {
  const paths = reviewedPaths(actor)
  if (paths.length === 0) throw notFound()
  const cursor = cursorIn(after)
  const today = dayOf(clock.now())
  const only = kind === 'award' || kind === 'penalty' ? kind : null
  const found = await entriesWithin(store.read, store.t, {
    paths,
    ...(only ? { kind: only } : {}),
    after: cursor,
    limit: entriesPageSize + 1,
  })
  const rows = found.slice(0, entriesPageSize)
  return {
    kind: only ?? '',
    continued: cursor !== '',
    next: found.length > rows.length ? (rows.at(-1)?.entry.id ?? null) : null,
    rows: rows.map(
      ({ entry, department, path, nameSealed, number }): EntryLine => ({
        ...entryTold(entry, today),
        id: entry.id,
        caseId: entry.caseId,
        number: number ?? '',
        person: maskedName(keys.unseal(nameSealed, accountContext(entry.personId, 'name'))),
        department,
        decidedOn: dayWords(entry.decidedOn),
        late: entry.late,
        published: entry.published,
        mayBecome: mayBecome(actor, entry, path),
      }),
    ),
  }
}

/** One page of the awards that are public, of a department's subtree or of the country. Nothing is known here of penalties. */
export async function awardList(deps: Deps, asked: Readonly<Record<string, string | string[] | undefined>>) {
  const { store, keys } = deps
  const text = (name: string) => {
    const value = asked[name]
    return typeof value === 'string' ? value : ''
  }
  const said = text('department') === '' ? departmentPathIn(asked) : text('department').slice(0, 100)
  const { levels, chain } = await departmentLevels(deps, said)
  const chosen = chain.at(-1) ?? ''
  const path = chosen === '' ? '' : ((await departmentById(store.read, store.t, chosen))?.path ?? '')
  const after = cursorIn(text('after'))
  const found = await publishedAwards(store.read, store.t, { path, after, limit: entriesPageSize + 1 })
  const rows = found.slice(0, entriesPageSize)
  const field: FieldView = {
    kind: 'department',
    name: 'department',
    label: awardsWords.department,
    optional: false,
    value: chain.join('/'),
    errors: [],
  }
  return {
    field,
    levels,
    department: chosen,
    continued: after !== '',
    next: found.length > rows.length ? (rows.at(-1)?.entry.id ?? null) : null,
    rows: rows.map(({ entry, nameSealed }) => ({
      id: entry.id,
      name: keys.unseal(nameSealed, accountContext(entry.personId, 'name')),
      title: entry.title,
      level: natureWord(entry),
      date: dayWords(entry.decidedOn),
      authority: entry.authority,
    })),
  }
}
