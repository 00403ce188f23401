/** A store with a row of every kind that keys write, made by commands where there is one, and the same store under other keys. */
import { eq } from 'drizzle-orm'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { noteInstallation } from '#db/installation.ts'
import { accountContext } from '#db/queries/accounts.ts'
import { claimContext } from '#db/queries/claims.ts'
import type { Store } from '#db/store.ts'
import { collection } from '#lib/cases/collection.ts'
import { checkRoster } from '#lib/commands/check-roster.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { importRegister } from '#lib/commands/import-register.ts'
import { issueReceipt } from '#lib/commands/issue-receipt.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { returnCase } from '#lib/commands/return-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import { makeLink } from '#lib/commands/support/invitations.ts'
import { replaceCodes } from '#lib/commands/support/recovery-codes.ts'
import type { Staff } from '#lib/domain/actor.ts'
import { type FileStore, sealedFiles } from '#lib/files/store.ts'
import { newId } from '#lib/ids.ts'
import { asPosted } from '#lib/readers/sample.ts'
import { caseRow, rowsOf } from './case-state.ts'
import { filledCase, rowIds, submittedIdentity, typedRows } from './cases.ts'
import { noOpinions } from './claims.ts'
import { recordedAt } from './credits.ts'
import {
  makeApplicant,
  makeStaff,
  newMainlandNumber,
  seedDepartments,
  type TestDeps,
  testDeps,
} from './deps.ts'
import { exported, wished } from './exports.ts'

/** Files that whoever is given the same ones shares. */
export function heldFiles(): FileStore & { readonly held: Map<string, Buffer> } {
  const held = new Map<string, Buffer>()
  return {
    held,
    put: async (key, bytes) => void held.set(key, Buffer.from(bytes)),
    get: async (key) => held.get(key) ?? null,
    delete: async (key) => void held.delete(key),
    async *list() {
      for (const key of held.keys()) yield { key, storedAt: new Date(0) }
    },
  }
}

/** The store and its files as a process with these keys has them. */
export function under(appKeys: string, store: Store, files: FileStore, now?: Date): TestDeps {
  const env = { REGISTER_PROVIDER: 'register' }
  const deps = testDeps(store, { keys: appKeys, env, ...(now ? { now } : {}) })
  return { ...deps, files: sealedFiles(files, openKeyring(appKeys)) }
}

/** Keys of three generations: the first alone, two with the second in front, the second alone. */
export function generations() {
  const first = makeAppKeys()
  const both = makeAppKeys(first)
  return { first, both, second: both.split(',')[0] ?? '' }
}

async function* lines(...some: string[]) {
  yield some.join('\r\n')
}

const degrees = '姓名,证件号码,学校名称,学历,毕业时间,学历证书编号,所学专业'
const degreeOf = (number: string) => `张三,${number},中山大学,大学本科,2012-06,105581201205000123,会计学`

/** Brings the degree of this person into the register. */
export const bringIn = (deps: TestDeps, number: string) =>
  importRegister(
    deps,
    null,
    { kind: 'education', text: lines(degrees, degreeOf(number)), partial: false, replace: false },
    () => undefined,
  )

export const degreeSubject = (number: string) => ({
  name: '张三',
  number,
  school: '中山大学',
  level: 'bachelor_program',
  graduated: '2012-06',
  diplomaNo: '105581201205000123',
  mode: 'full_time',
  major: '会计学',
})

/** One person of every kind of row; nothing of it is under another key than the one of `deps`. */
export async function sealedWorld(deps: TestDeps) {
  const { store, keys, clock } = deps
  const { t } = store
  const calm = { ...deps, registers: null }
  const places = await seedDepartments(deps)
  await store.tx((q) => noteInstallation(q, t, keys, clock.now()))

  const ownNumber = newMainlandNumber()
  const manager = await makeStaff(deps, {
    role: 'manager',
    departmentId: places.guangzhou,
    number: ownNumber,
  })
  const twin = await makeStaff(deps, { role: 'reviewer', departmentId: places.tianhe, number: ownNumber })
  await store.tx((q) => replaceCodes(deps, q, twin.actor.id))
  const { token } = await store.tx((q) =>
    makeLink(deps, q, 'turn', {
      accountId: null,
      role: 'reviewer',
      departmentId: places.tianhe,
      name: '王受邀',
      identityKey: `mainland_id:${ownNumber}`,
      invitedBy: manager.actor.id,
    }),
  )

  // On record, with papers and a change under way.
  const person = await recordedAt(calm, places.tianhe)
  const paper = await issueReceipt(deps, person.actor, { kind: 'record' })
  const changeId = await openDraft(deps, person.actor, 'change-education')
  const [row] = await rowsOf(deps, changeId, 'education')
  await saveEntry(deps, person.actor, {
    caseId: changeId,
    section: 'education',
    rowId: row?.id ?? '',
    rev: row?.rev ?? 0,
    form: asPosted({ ...typedRows.education, major: '财务管理' }),
  })
  await submitCase(calm, person.actor, { caseId: changeId, declared: true })
  const nextPhoneSealed = keys.seal('13900001111', accountContext(person.actor.id, 'next-phone'))
  await store.tx((q) => q.update(t.account).set({ nextPhoneSealed }).where(eq(t.account.id, person.actor.id)))

  // A draft, one that was returned with words, and one refused with a note.
  const drafting = await makeApplicant(deps, { name: '欧阳·娜娜' })
  const draftId = await filledCase(deps, drafting.actor, places.tianhe)
  const returned = await makeApplicant(deps)
  const returnedId = await filledCase(deps, returned.actor, places.tianhe)
  await submitCase(calm, returned.actor, { caseId: returnedId, declared: true })
  const atWork = async (actor: Staff, caseId: string) => {
    clock.advance(1000)
    await claimCase(deps, actor, { caseId })
    return { caseId, version: (await caseRow(deps, caseId)).version }
  }
  const fault = { section: 'education', rowId: rowIds.education, target: 'slot:diploma' } as const
  await returnCase(deps, person.reviewer, {
    ...(await atWork(person.reviewer, returnedId)),
    opinions: {
      verdicts: {
        ...Object.fromEntries(collection.sections.map((section) => [section, 'pass'])),
        education: 'problem',
      },
      findings: [{ at: 'finding.education.0', ...fault, reason: 'diploma-missing', note: '请上传毕业证书' }],
    },
  })
  const unproven = await makeApplicant(deps, { verified: false })
  const refusedId = await submittedIdentity(calm, unproven.actor, places.guangzhou)
  const judge = (await makeStaff(deps, { role: 'reviewer', departmentId: places.guangzhouOwn })).actor
  await refuseCase(deps, judge, {
    ...(await atWork(judge, refusedId)),
    note: '照片不是本人',
    opinions: noOpinions,
  })

  const claimId = newId(clock.now())
  await store.tx((q) =>
    q.insert(t.claimCheck).values({
      id: claimId,
      caseId: returnedId,
      round: 1,
      section: 'education',
      rowId: rowIds.education,
      kind: 'education',
      state: 'agrees',
      subjectSealed: keys.seal(JSON.stringify(degreeSubject(returned.number)), claimContext(claimId)),
      at: clock.now(),
    }),
  )
  await bringIn(deps, returned.number)
  const rosterId = await checkRoster(deps, person.reviewer, {
    departmentId: places.tianhe,
    text: lines(
      '证件号码,姓名,学分形式,名称,数量,完成时间,科目',
      `${person.number},${person.name},面授培训,会计准则培训班,2,2026-09,专业科目`,
    ),
  })
  const { id: exportId } = await exported(
    deps,
    manager.actor,
    wished('people', [places.guangdong, places.guangzhou], { full: '1', purpose: '核对本年度继续教育名单' }),
  )
  return {
    places,
    manager: manager.actor,
    twin: twin.actor,
    ownNumber,
    token,
    person,
    paper,
    changeId,
    drafting,
    draftId,
    returned,
    returnedId,
    refusedId,
    rosterId,
    exportId,
  }
}
