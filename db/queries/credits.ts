import { and, asc, eq } from 'drizzle-orm'
import { ledgerUnder, type YearLedger } from '#lib/domain/credit-ledger.ts'
import { type ProvinceRules, provinceOf } from '#lib/domain/province-rules.ts'
import type { Q, Schema } from '../store.ts'
import { departmentById } from './departments.ts'
import { provinceRules } from './provinces.ts'
import { departmentOfRecord } from './records.ts'

/** A line of somebody's ledger, with the 受理编号 of the claim it comes from; null where a roster brought it. */
export type CreditLine = Schema['creditEntry']['$inferSelect'] & {
  readonly number: string | null
  /** Of the department that entered it. */
  readonly departmentPath: string
}

/** What was entered for a person, of one year or of all, in the order in which it was earned. */
export async function creditLines(
  q: Q,
  t: Schema,
  personId: string,
  year?: number,
): Promise<readonly CreditLine[]> {
  const { creditEntry: entry, serviceCase, department } = t
  const rows = await q
    .select({ entry, number: serviceCase.number, departmentPath: department.path })
    .from(entry)
    .innerJoin(department, eq(department.id, entry.departmentId))
    .leftJoin(serviceCase, eq(serviceCase.id, entry.caseId))
    .where(and(eq(entry.personId, personId), year === undefined ? undefined : eq(entry.year, year)))
    .orderBy(asc(entry.obtained), asc(entry.id))
  return rows.map(({ entry: line, number, departmentPath }) => ({ ...line, number, departmentPath }))
}

export interface CreditHome {
  readonly path: string
  readonly fullName: string
  /** The first-level node, whose rules hold. */
  readonly province: string
  readonly rules: ProvinceRules
}

/** The department that keeps the record, and what its province asks for; null before there is a record. */
export async function creditHome(q: Q, t: Schema, personId: string): Promise<CreditHome | null> {
  const id = await departmentOfRecord(q, t, personId)
  const found = id === null ? null : await departmentById(q, t, id)
  if (!found) return null
  const { path, fullName } = found
  const first = await departmentById(q, t, provinceOf(path))
  return { path, fullName, province: first?.name ?? fullName, rules: await provinceRules(q, t, path) }
}

/** What lines of one year add up to, with so many credits more of a claim that was not entered yet. */
export type CreditJudge = (lines: readonly CreditLine[], claimed?: number) => YearLedger

/** Judges years by the rules of home and of every other province whose departments entered something. */
export async function creditJudge(
  q: Q,
  t: Schema,
  home: CreditHome,
  all: readonly CreditLine[],
): Promise<CreditJudge> {
  const known = new Map([[provinceOf(home.path), home.rules]])
  for (const { departmentPath } of all) {
    const province = provinceOf(departmentPath)
    if (!known.has(province)) known.set(province, await provinceRules(q, t, province))
  }
  return (lines, claimed = 0) => {
    const elsewhere = new Set(lines.map(({ departmentPath }) => provinceOf(departmentPath)))
    elsewhere.delete(provinceOf(home.path))
    const entries = [...lines, ...(claimed > 0 ? [{ subject: 'any', credits: claimed } as const] : [])]
    return ledgerUnder(entries, [home.rules, ...[...elsewhere].flatMap((one) => known.get(one) ?? [])])
  }
}
