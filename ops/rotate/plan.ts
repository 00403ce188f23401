/**
 * Everything that stays and was written with a key, table by table: what is sealed under which context, and what is a keyed
 * index or hash of it. A test compares it with the schema.
 */
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { keyCheckContext } from '#db/installation.ts'
import { accountContext } from '#db/queries/accounts.ts'
import {
  fileNameContext,
  findingContext,
  roundBaseContext,
  roundContext,
  roundFactsContext,
  roundNoteContext,
  sectionContext,
} from '#db/queries/cases.ts'
import { claimContext } from '#db/queries/claims.ts'
import { outboxContext } from '#db/queries/outbox.ts'
import { type Printed, receiptContext } from '#db/queries/receipts.ts'
import { recordContext, sealedColumns } from '#db/queries/records.ts'
import { registerContext, registerIndexes } from '#db/queries/registers.ts'
import { invitationContext, invitedIdentityContext } from '#db/queries/staff.ts'
import type { Schema } from '#db/store.ts'
import { accountIndex } from '#lib/commands/support/account-row.ts'
import { paperDigests, paperNow } from '#lib/commands/support/papers.ts'
import type { Deps } from '#lib/deps.ts'
import type { Facts } from '#lib/domain/claims.ts'
import { dayOf } from '#lib/domain/days.ts'
import { purposeContext } from '#lib/domain/exports.ts'
import { rosterContext } from '#lib/domain/rosters.ts'
import { lifelongKey } from '#lib/schemas/identity-number.ts'
import { mainRow } from '#lib/sections/define.ts'

type TableName = { [K in keyof Schema]: Schema[K] extends SQLiteTable ? K : never }[keyof Schema]
type Row<K extends TableName> = Schema[K]['$inferSelect']
type Column<K extends TableName> = keyof Row<K> & string

/** A row as stored, its columns by their names in the schema. */
export type Stored = Readonly<Record<string, unknown>>

interface Source<R> {
  readonly row: R
  /** What sealed columns hold; absent where one is empty or does not open. */
  readonly opened: Readonly<Record<string, string>>
  /** Of the row's file; null where there is none that opens. */
  readonly bytes: Uint8Array | null
}
/** The index or hash under the newest key; undefined where there is nothing to make it of. */
type Derive<R> = (deps: Deps, source: Source<R>) => Promise<string | undefined> | string | undefined

interface Spec<K extends TableName> {
  /** Its primary key. */
  readonly key: readonly Column<K>[]
  /** Sealed columns, each with what it is bound to. '' is sealed nowhere. */
  readonly sealed: { readonly [C in Column<K>]?: (row: Row<K>) => string }
  /** Keyed indexes and hashes. null stays null. */
  readonly derived?: { readonly [C in Column<K>]?: Derive<Row<K>> }
  /** Of the derived ones: rows with the same value get the new one together, because they are compared with each other. */
  readonly alike?: readonly Column<K>[]
  /** The key of the row's file, sealed like a column. */
  readonly file?: (row: Row<K>) => string | null
  /** Few rows, and none of its columns tells whether they wait: all are looked at every time. */
  readonly small?: boolean
}

/** A table of the plan, its rows no longer typed. */
export interface Part {
  readonly table: TableName
  readonly key: readonly string[]
  readonly sealed: ReadonlyMap<string, (row: Stored) => string>
  readonly derived: ReadonlyMap<string, Derive<Stored>>
  readonly alike: readonly string[]
  readonly file: ((row: Stored) => string | null) | null
  readonly small: boolean
}

function part<K extends TableName>(table: K, spec: Spec<K>): Part {
  // What is given to a part was read from its own table.
  const typed = (row: Stored) => row as Row<K>
  const columns = <V>(of: { readonly [C in Column<K>]?: V } | undefined) =>
    Object.entries<V | undefined>(of ?? {}).flatMap(([column, value]) =>
      value === undefined ? [] : [[column, value] as const],
    )
  return {
    table,
    key: spec.key,
    sealed: new Map(
      columns(spec.sealed).map(([column, contextOf]) => [column, (row: Stored) => contextOf(typed(row))]),
    ),
    derived: new Map(
      columns(spec.derived).map(([column, derive]) => [
        column,
        (deps: Deps, { row, ...source }: Source<Stored>) => derive(deps, { row: typed(row), ...source }),
      ]),
    ),
    alike: spec.alike ?? [],
    file: spec.file ? (row) => spec.file?.(typed(row)) ?? null : null,
    small: spec.small ?? false,
  }
}

const ofOpened =
  <R>(column: string, index: (deps: Deps, text: string) => string): Derive<R> =>
  (deps, { opened }) => {
    const text = opened[column]
    return text === undefined ? undefined : index(deps, text)
  }

const identityIndex: Derive<Row<'account'>> = (deps, { row, opened }) => {
  const number = opened.numberSealed
  const key = number === undefined ? null : lifelongKey({ ...row, number }, dayOf(deps.clock.now()))
  return key === null ? undefined : accountIndex.identity(deps, key)
}

const factsIn = (text: string | undefined): Facts | undefined =>
  text === undefined ? undefined : JSON.parse(text)

/** A receipt from before its content was kept: as long as its paper is true, what would be printed now is what it says. */
const receiptDigest: Derive<Row<'receipt'>> = async (deps, { row, opened }) => {
  if (opened.paperSealed === undefined) return undefined
  const { content, about }: Printed = JSON.parse(opened.paperSealed)
  if (content !== undefined) return paperDigests(deps, row.kind, content)[0]
  const now = await paperNow(deps, deps.store.read, row.kind, row.personId, about)
  return now?.digests.includes(row.digest) ? now.digest : undefined
}

/** A list of the record. */
const recordPart = (table: 'education' | 'employment' | 'qualification') =>
  part(table, {
    key: ['personId', 'id'],
    sealed: Object.fromEntries(
      (sealedColumns[table] ?? []).map((field) => [
        field,
        ({ personId, id }: { readonly personId: string; readonly id: string }) =>
          recordContext(personId, table, id, field),
      ]),
    ),
  })

export const plan: readonly Part[] = [
  part('installation', { key: ['id'], sealed: { keyCheckSealed: () => keyCheckContext } }),
  part('account', {
    key: ['id'],
    sealed: {
      nameSealed: ({ id }) => accountContext(id, 'name'),
      numberSealed: ({ id }) => accountContext(id, 'number'),
      phoneSealed: ({ id }) => accountContext(id, 'phone'),
      nextPhoneSealed: ({ id }) => accountContext(id, 'next-phone'),
      totpSealed: ({ id }) => accountContext(id, 'totp'),
      ownIdentitySealed: ({ id }) => accountContext(id, 'own-identity'),
    },
    derived: {
      nameIndex: ofOpened('nameSealed', accountIndex.name),
      numberIndex: ofOpened('numberSealed', accountIndex.number),
      identityIndex,
      phoneIndex: ofOpened('phoneSealed', accountIndex.phone),
      ownIdentityIndex: ofOpened('ownIdentitySealed', accountIndex.identity),
    },
  }),
  part('invitation', {
    key: ['id'],
    sealed: {
      nameSealed: ({ id }) => invitationContext(id),
      ownIdentitySealed: ({ id }) => invitedIdentityContext(id),
    },
    derived: { ownIdentityIndex: ofOpened('ownIdentitySealed', accountIndex.identity) },
  }),
  part('caseSection', {
    key: ['caseId', 'section'],
    sealed: { rowsSealed: ({ caseId, section }) => sectionContext(caseId, section) },
  }),
  part('caseRound', {
    key: ['caseId', 'round'],
    sealed: {
      snapshotSealed: ({ caseId, round }) => roundContext(caseId, round),
      baseSealed: ({ caseId, round }) => roundBaseContext(caseId, round),
      factsSealed: ({ caseId, round }) => roundFactsContext(caseId, round),
      noteSealed: ({ caseId, round }) => roundNoteContext(caseId, round),
    },
  }),
  part('finding', { key: ['id'], sealed: { noteSealed: ({ id }) => findingContext(id) } }),
  part('claimCheck', { key: ['id'], sealed: { subjectSealed: ({ id }) => claimContext(id) } }),
  part('person', {
    key: ['id'],
    sealed: { address: ({ id }) => recordContext(id, 'person', mainRow, 'address') },
  }),
  recordPart('education'),
  recordPart('employment'),
  recordPart('qualification'),
  part('roster', { key: ['id'], sealed: { linesSealed: ({ id }) => rosterContext(id) } }),
  part('receipt', {
    key: ['code'],
    sealed: { paperSealed: ({ code }) => receiptContext(code) },
    derived: { digest: receiptDigest },
  }),
  part('registerEntry', {
    key: ['id'],
    sealed: { bodySealed: ({ id }) => registerContext(id) },
    derived: {
      subjectIndex: ({ keys }, { row, opened }) => {
        const facts = factsIn(opened.bodySealed)
        return facts && registerIndexes(keys, row.kind, facts).subjectIndex
      },
      entryIndex: ({ keys }, { row, opened }) => {
        const facts = factsIn(opened.bodySealed)
        return facts && registerIndexes(keys, row.kind, facts).entryIndexes[0]
      },
    },
  }),
  part('outbox', { key: ['id'], sealed: { bodySealed: ({ id }) => outboxContext(id) } }),
  part('storedFile', {
    key: ['id'],
    sealed: { nameSealed: ({ id }) => fileNameContext(id) },
    derived: {
      digest: ({ keys }, { bytes }) => (bytes === null ? undefined : keys.digest('picture', bytes)),
    },
    alike: ['digest'],
    file: ({ storageKey }) => storageKey,
  }),
  part('exportFile', {
    key: ['id'],
    sealed: { purposeSealed: ({ id }) => purposeContext(id) },
    file: ({ storageKey }) => storageKey,
    small: true,
  }),
]
