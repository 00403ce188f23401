import { randomBytes } from 'node:crypto'
import { departments } from '#db/seed/departments.ts'
import { attachFile } from '#lib/commands/attach-file.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Applicant, Person } from '#lib/domain/actor.ts'
import { newFileKey } from '#lib/files/store.ts'
import type { SectionId } from '#lib/sections/all.ts'
import type { TestDeps } from './deps.ts'

type Typed = Readonly<Record<string, string>>

const month = (name: string, year: string, number: string): Typed => ({
  [`${name}.year`]: year,
  [`${name}.month`]: number,
})
const form = (values: Typed) => ({ get: (name: string) => values[name] ?? '' })

/** Row ids of a case made here. */
export const rowIds = {
  education: 'edurow1',
  employment: 'jobrow1',
  post: 'jobrow1p1',
  qualification: 'quarow1',
} as const

/** What a person of class （一） with a job types, section by section. */
export const typedRows = {
  scope: { scope: 'accounting_staff' },
  basic: {
    ethnicity: '01',
    politics: 'masses',
    residence: '440100',
    address: '广州市天河区体育西路 1 号 302 房',
    email: 'zhang@example.com',
  },
  education: {
    place: 'domestic',
    mode: 'full_time',
    school: '中山大学',
    level: 'bachelor_program',
    degree: 'bachelor',
    major: '会计学',
    ...month('enrolled', '2008', '09'),
    ...month('graduated', '2012', '06'),
    diplomaNo: '105581201205000123',
    degreeNo: '1055842012000123',
  },
  employment: {
    ...month('start', '2012', '07'),
    'end.open': '1',
    employer: '广州珠江实业有限公司',
    creditCode: '91350100M000100Y43',
    employerType: 'soe',
    industry: 'C',
    employerAddress: '广州市天河区珠江东路 28 号',
    employerPhone: '020-12345678',
    accounting: 'yes',
    ...month(`posts.${rowIds.post}.start`, '2012', '08'),
    [`posts.${rowIds.post}.end.open`]: '1',
    [`posts.${rowIds.post}.work`]: 'financial_reporting',
    [`posts.${rowIds.post}.title`]: 'accountant',
    ...month(`posts.${rowIds.post}.appointed`, '2018', '01'),
  },
  qualifications: {
    kind: 'accounting',
    level: 'intermediate',
    way: 'exam',
    certificateNo: 'GD20170123456',
    ...month('obtained', '2017', '09'),
    issuer: '广东省财政厅',
  },
} as const satisfies Partial<Record<SectionId, Typed>>

/** Saves a row as typed, over whatever edit of it is stored. */
export async function typeRow(
  deps: TestDeps,
  actor: Person,
  at: { caseId: string; section: SectionId; rowId: string; rev?: number },
  values: Typed,
): Promise<void> {
  const { issues } = await saveEntry(deps, actor, { ...at, rev: at.rev ?? 0, form: form(values) })
  // Pictures come after the row they prove; a department may be chosen that keeps the case from being sent (TRF-1).
  const later = ['slot-required', 'transfer-same-department']
  const wrong = issues.filter(({ code }) => !later.includes(code))
  if (wrong.length > 0)
    throw new Error(`${at.section}: ${wrong.map(({ at, code }) => `${at} ${code}`).join(', ')}`)
}

/** Puts a picture's bytes into the store and into a slot. */
export async function putPicture(
  deps: TestDeps,
  actor: Person,
  place: { caseId: string; section: SectionId; rowId: string; slot: string },
): Promise<void> {
  const storageKey = newFileKey()
  const bytes = randomBytes(64)
  await deps.files.put(storageKey, bytes)
  await attachFile(deps, actor, {
    ...place,
    picture: {
      storageKey,
      format: 'jpeg',
      bytes: 30_000,
      width: 600,
      height: 800,
      name: `${place.slot}.jpg`,
      digest: deps.keys.digest('picture', bytes),
    },
  })
}

/** The node and its ancestors, root first, as the three selects name them. */
function chainOf(id: string, tree = departments()): string[] {
  const node = tree.find((one) => one.id === id)
  if (!node) throw new Error(`no such department: ${id}`)
  return node.parentId === null ? [id] : [...chainOf(node.parentId, tree), id]
}

/** A department as the three selects post it. */
function departmentTyped(id: string): Typed {
  return Object.fromEntries(chainOf(id).map((node, index) => [`departmentId.${index + 1}`, node]))
}

/** Chooses the department as the three selects do. */
export const typeDepartment = (
  deps: TestDeps,
  actor: Applicant,
  caseId: string,
  departmentId: string,
  rev = 0,
) =>
  typeRow(
    deps,
    actor,
    { caseId, section: 'department', rowId: 'main', rev },
    {
      situation: 'employed',
      household: '440100',
      ...departmentTyped(departmentId),
    },
  )

/** A collection that is complete and not yet submitted, made by the commands an applicant uses. */
export async function filledCase(deps: TestDeps, actor: Applicant, departmentId: string): Promise<string> {
  const caseId = await openDraft(deps, actor, 'collection')
  await giveConsent(deps, actor, { purpose: 'collection' })
  await typeDepartment(deps, actor, caseId, departmentId)
  const rows = [
    ['scope', 'main'],
    ['basic', 'main'],
    ['education', rowIds.education],
    ['employment', rowIds.employment],
    ['qualifications', rowIds.qualification],
  ] as const
  for (const [section, rowId] of rows)
    await typeRow(deps, actor, { caseId, section, rowId }, typedRows[section])
  const pictures = [
    ['basic', 'main', 'portrait'],
    ['basic', 'main', 'idFront'],
    ['basic', 'main', 'idBack'],
    ['employment', rowIds.employment, 'creditProof'],
    ['employment', rowIds.post, 'appointment'],
    ['employment', 'all', 'resume'],
  ] as const
  for (const [section, rowId, slot] of pictures)
    await putPicture(deps, actor, { caseId, section, rowId, slot })
  return caseId
}

/** A collection waiting at its department. */
export async function submittedCase(deps: TestDeps, actor: Applicant, departmentId: string): Promise<string> {
  const caseId = await filledCase(deps, actor, departmentId)
  await submitCase(deps, actor, { caseId, declared: true })
  return caseId
}

/** A case of one page, filled in with all its pictures and not sent. */
async function filledDocuments(
  deps: TestDeps,
  actor: Person,
  kind: 'identity' | 'correction' | 'appeal',
  values: Typed,
  slots: readonly string[],
): Promise<string> {
  const caseId = await openDraft(deps, actor, kind)
  await giveConsent(deps, actor, { purpose: kind })
  await typeRow(deps, actor, { caseId, section: kind, rowId: 'main' }, values)
  for (const slot of slots) await putPicture(deps, actor, { caseId, section: kind, rowId: 'main', slot })
  return caseId
}

/** 线上实名认证 waiting at the 市本级 of the city. */
export async function submittedIdentity(deps: TestDeps, actor: Applicant, city: string): Promise<string> {
  const caseId = await filledDocuments(deps, actor, 'identity', { city }, ['face', 'reverse', 'holding'])
  await submitCase(deps, actor, { caseId, declared: true })
  return caseId
}

/** 身份信息更正 waiting at the 市本级 of the city. */
export async function submittedCorrection(
  deps: TestDeps,
  actor: Applicant,
  change: { newName: string } | { newNumber: string },
  city = '440100',
): Promise<string> {
  const what = 'newName' in change ? 'name' : 'document'
  const values = { what, ...change, reason: '证件换发后发现登记有误', city }
  const caseId = await filledDocuments(deps, actor, 'correction', values, ['face', 'reverse', 'proof'])
  await submitCase(deps, actor, { caseId, declared: true })
  return caseId
}

/** 账户申诉 filled in. What it is about stands with the account. */
export const filledAppeal = (deps: TestDeps, actor: Person, city = '440100'): Promise<string> =>
  filledDocuments(deps, actor, 'appeal', { story: '注册时发现证件号码已被使用', city }, [
    'face',
    'reverse',
    'holding',
  ])

/** 账户申诉 waiting at the 市本级 of the city. */
export async function submittedAppeal(deps: TestDeps, actor: Person, city = '440100'): Promise<string> {
  const caseId = await filledAppeal(deps, actor, city)
  await submitCase(deps, actor, { caseId, declared: true })
  return caseId
}

/** What a person types into an application of one page. The transfer is to 越秀区, beside where test records are. */
const applications = {
  transfer: {
    ...departmentTyped('440104'),
    reason: 'workplace',
    employer: '广州越秀示例有限公司',
    creditCode: '91440101MA5KJ7R253',
    ...month('joined', '2026', '10'),
  },
  credit: {
    form: 'conference',
    title: '全省会计信息化研讨会',
    quantity: '2',
    ...month('obtained', '2026', '06'),
  },
  award: {
    title: '全省先进会计工作者',
    level: 'provincial',
    authority: '广东省财政厅',
    awardedOn: '2026-10-20',
  },
} as const satisfies Partial<Record<SectionId, Typed>>

/** An application about one's record with its proof, complete and not yet sent; `values` as typed, over the usual ones. */
export async function filledApplication(
  deps: TestDeps,
  actor: Applicant,
  kind: keyof typeof applications,
  values: Typed = {},
): Promise<string> {
  const caseId = await openDraft(deps, actor, kind)
  await giveConsent(deps, actor, { purpose: 'collection' })
  const typed: Typed = { ...applications[kind], ...values }
  await typeRow(deps, actor, { caseId, section: kind, rowId: 'main' }, typed)
  const slot = kind === 'transfer' ? `${typed.reason}Proof` : 'proof'
  await putPicture(deps, actor, { caseId, section: kind, rowId: 'main', slot })
  return caseId
}
