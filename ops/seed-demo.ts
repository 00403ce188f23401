import { existsSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { inArray } from 'drizzle-orm'
import { departmentById } from '#db/queries/departments.ts'
import { demoNoteTemplates, demoTemplatesOf } from '#db/seed/demo-note-templates.ts'
import { type DemoApplicant, type DemoStaff, demoApplicants, demoStaff } from '#db/seed/demo-people.ts'
import { addNoteTemplate } from '#lib/commands/add-note-template.ts'
import type { Deps } from '#lib/deps.ts'
import {
  ensureApplicant,
  ensureStaff,
  numberOf,
  passwordOf,
  staffNamed,
  staffOf,
  totpSecretOf,
} from './demo/accounts.ts'
import { examsSeeded, seedExams } from './demo/exams.ts'
import { back, bringTo } from './demo/progress.ts'
import { seedRegisters } from './demo/registers.ts'
import { withDeps } from './with-deps.ts'

/** One line of `DATA_DIR/demo-accounts.json` (contract.md). */
interface DemoAccount {
  readonly role: 'applicant' | DemoStaff['role']
  readonly login: string
  readonly phone?: string
  readonly name: string
  readonly password: string
  readonly totpSecret?: string
  readonly department: string
  readonly state?: string
}

const accountsFile = (deps: Deps) => path.join(deps.env.dataDir, 'demo-accounts.json')

async function fullName(deps: Deps, id: string | null): Promise<string> {
  if (id === null) return ''
  const department = await departmentById(deps.store.read, deps.store.t, id)
  if (!department) throw new Error(`department ${id} is not there: run migrate first`)
  return department.fullName
}

/** Whether the file tells of everybody, and everybody and the exams are there. */
async function isSeeded(deps: Deps): Promise<boolean> {
  const file = accountsFile(deps)
  if (!existsSync(file)) return false
  const listed = new Set(
    (JSON.parse(await readFile(file, 'utf8')) as DemoAccount[]).map(({ login }) => login),
  )
  const numbers = demoApplicants.map(numberOf)
  const logins = demoStaff.map(({ login }) => login)
  if (![...numbers, ...logins].every((login) => listed.has(login))) return false
  const { read, t } = deps.store
  const blinds = numbers.flatMap((number) => deps.keys.blinds('number', number))
  const staff = await read
    .select({ id: t.account.id })
    .from(t.account)
    .where(inArray(t.account.login, logins))
  const people = await read
    .select({ id: t.account.id })
    .from(t.account)
    .where(inArray(t.account.numberIndex, blinds))
  return staff.length === logins.length && people.length === numbers.length && (await examsSeeded(deps))
}

/** Whole or not at all, and for this user only: it holds passwords, if of nobody. */
async function writeAccounts(deps: Deps, accounts: readonly DemoAccount[]): Promise<void> {
  const file = accountsFile(deps)
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await writeFile(`${file}.new`, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 })
  await rename(`${file}.new`, file)
}

async function staffAccount(deps: Deps, staff: DemoStaff, department: string): Promise<DemoAccount> {
  const { login, name, role } = staff
  await ensureStaff(deps, staff)
  const [password, totpSecret] = [passwordOf(deps, login), totpSecretOf(deps, login)]
  return { role, login, name, password, totpSecret, department }
}

async function applicantAccount(deps: Deps, person: DemoApplicant, department: string): Promise<DemoAccount> {
  const { name, phone, state } = person
  const login = numberOf(person)
  await bringTo(deps, await ensureApplicant(back(deps, 7), person), person)
  return { role: 'applicant', login, phone, name, password: passwordOf(deps, login), department, state }
}

async function seedNoteTemplates(deps: Deps): Promise<void> {
  const manager = await staffOf(deps, 'manager', demoTemplatesOf)
  for (const { reason, text } of demoNoteTemplates)
    await addNoteTemplate(deps, manager, {
      departmentId: demoTemplatesOf,
      typed: { templateReason: reason, templateText: text },
    })
}

/**
 * Makes the demo people by the commands everybody uses and writes down how they sign in. Run again it does nothing; after
 * an interruption it goes on where it stopped. Gives whether it did anything.
 */
export async function seedDemo(deps: Deps): Promise<boolean> {
  if (!deps.env.demo) throw new Error('demo people are made in demo mode only')
  if (await isSeeded(deps)) return false
  const names = new Map<string | null, string>()
  for (const { departmentId } of [...demoStaff, ...demoApplicants])
    names.set(departmentId, await fullName(deps, departmentId))
  // One after another: a failure leaves nothing running, and reviewers come before the cases they decide, registers
  // before the rows they are asked about.
  await seedRegisters(back(deps, 7))
  const staff: DemoAccount[] = []
  const applicants: DemoAccount[] = []
  for (const one of demoStaff) staff.push(await staffAccount(deps, one, names.get(one.departmentId) ?? ''))
  await seedNoteTemplates(back(deps, 7))
  await seedExams(deps, await staffNamed(deps, 'operator'))
  for (const one of demoApplicants)
    applicants.push(await applicantAccount(deps, one, names.get(one.departmentId) ?? ''))
  await writeAccounts(deps, [...applicants, ...staff])
  return true
}

export const run = async () => {
  await withDeps(seedDemo)
}
