/** The plan of `rotate-keys` against the schema: what is written with a key and stays is in it, or named here with its reason. */
import { globSync, readFileSync } from 'node:fs'
import { getTableColumns } from 'drizzle-orm'
import { SQLiteTable } from 'drizzle-orm/sqlite-core'
import { expect, it } from 'vitest'
import { sealedColumns } from '#db/queries/records.ts'
import * as schema from '#db/schema/all.ts'
import { plan } from '#ops/rotate/plan.ts'

const exceptions: Readonly<Record<string, string>> = {
  'account.passwordHash': 'Argon2id, made without a key',
  'auditLink.hash': 'SHA-256 of a chain, made without a key',
  'recoveryCode.codeHash': 'the code itself is known to its owner alone: counted, and made anew by them',
  'echo.valuesSealed': 'lives fifteen minutes',
  'smsCode.phoneIndex': 'lives minutes',
  'smsCode.codeHash': 'lives minutes',
}
/** Indexes and hashes that other names give away. */
const named = /(Sealed|Index|Hash|^digest|^hash)$/

const tables = Object.entries(schema).flatMap(([name, table]) =>
  table instanceof SQLiteTable ? [{ name, columns: getTableColumns(table) }] : [],
)
const columnsOf = (name: string) => plan.filter(({ table }) => table === name)

it('has every sealed column, index and keyed hash of the schema, but for those that end by themselves', () => {
  const found = tables.flatMap(({ name, columns }) =>
    Object.keys(columns)
      .filter((column) => named.test(column))
      .map((column) => ({ place: `${name}.${column}`, name, column })),
  )
  expect(found.length).toBeGreaterThan(30)
  const inPlan = ({ name, column }: { name: string; column: string }) =>
    columnsOf(name).some(({ sealed, derived }) => sealed.has(column) || derived.has(column))
  const wanting = found.filter((one) => !inPlan(one) && !(one.place in exceptions))
  expect(wanting.map(({ place }) => place)).toEqual([])
  const needless = Object.keys(exceptions).filter((place) => {
    const one = found.find((other) => other.place === place)
    return !one || inPlan(one)
  })
  expect(needless).toEqual([])
})

it('has every sealed field of the record', () => {
  const tableOf: Readonly<Record<string, string>> = { accounting_post: 'accountingPost' }
  for (const [name, fields] of Object.entries(sealedColumns)) {
    const parts = columnsOf(tableOf[name] ?? name)
    expect([...new Set(parts.flatMap(({ sealed }) => [...sealed.keys()]))].sort(), name).toEqual(
      [...fields].sort(),
    )
  }
})

it('goes by primary keys, and by columns that are there', () => {
  for (const { table, key, sealed, derived, alike } of plan) {
    const columns = tables.find(({ name }) => name === table)?.columns ?? {}
    for (const column of [...key, ...sealed.keys(), ...derived.keys()])
      expect(Object.keys(columns), table).toContain(column)
    for (const column of alike) expect([...derived.keys()], table).toContain(column)
  }
})

it('knows what every sealed value is bound to', () => {
  const sources = (folder: string) =>
    globSync(`${folder}/**/*.ts`).map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  const contexts = [...sources('db'), ...sources('lib/domain')].flatMap(({ text }) =>
    [...text.matchAll(/export const (\w+Context) = /g)].map(([, name = '']) => name),
  )
  const used = readFileSync('ops/rotate/plan.ts', 'utf8')
  expect(contexts.length).toBeGreaterThan(12)
  expect(contexts.filter((name) => !used.includes(name))).toEqual([])
})
