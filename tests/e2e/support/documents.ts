/** Cases of one page of pictures and words, and what two reviewers do to them, where clicking is not the point. */
import { drawProof } from '#db/seed/demo-pictures.ts'
import { caseKinds } from '#lib/cases/all.ts'
import { attachFile } from '#lib/commands/attach-file.ts'
import { claimCase } from '#lib/commands/claim-case.ts'
import { giveConsent } from '#lib/commands/give-consent.ts'
import { openDraft } from '#lib/commands/open-draft.ts'
import { refuseCase } from '#lib/commands/refuse-case.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Deps } from '#lib/deps.ts'
import type { Person, Staff } from '#lib/domain/actor.ts'
import { inspectPicture } from '#lib/files/inspect.ts'
import { newFileKey } from '#lib/files/store.ts'
import { caseRow } from '#tests/support/case-state.ts'
import { approve, noOpinions } from '#tests/support/claims.ts'

/** Where 广州市's cases of one page go. */
export const cityOwn = '440100-own'
const city = '440100'

const documents = {
  correction: {
    slots: ['face', 'reverse', 'proof'],
    values: { what: 'name', newName: '欧阳𬭊新', reason: '证件换发后发现登记有误', city },
  },
  appeal: {
    slots: ['face', 'reverse', 'holding'],
    values: { story: '注册时发现证件号码已被使用', city },
  },
  transfer: {
    slots: ['workplaceProof'],
    values: {
      'departmentId.1': '440300',
      'departmentId.2': '440305',
      reason: 'workplace',
      employer: '深圳南山示例有限公司',
      creditCode: '91350100M000100Y43',
      'joined.year': String(new Date().getFullYear() - 1),
      'joined.month': '06',
    },
  },
  credit: {
    slots: ['proof'],
    values: {
      form: 'conference',
      title: '全省会计信息化研讨会',
      quantity: '2',
      'obtained.year': String(new Date().getFullYear() - 1),
      'obtained.month': '06',
    },
  },
} as const

/** A case with all its pictures, waiting for the first who is to judge it. */
export async function submitted(deps: Deps, actor: Person, kind: keyof typeof documents): Promise<string> {
  const caseId = await openDraft(deps, actor, kind)
  await giveConsent(deps, actor, { purpose: caseKinds[kind].consent })
  const { slots, values } = documents[kind]
  const typed: Readonly<Record<string, string>> = values
  const form = { get: (name: string) => typed[name] ?? '' }
  await saveEntry(deps, actor, { caseId, section: kind, rowId: 'main', rev: 0, form })
  for (const slot of slots) {
    const inspected = await inspectPicture(await drawProof(`${caseId} ${slot}`))
    if (!inspected.ok) throw new Error(`the drawing for ${slot} is no picture`)
    const { format, bytes, width, height } = inspected.facts
    const storageKey = newFileKey()
    await deps.files.put(storageKey, inspected.clean)
    const digest = deps.keys.digest('picture', inspected.clean)
    const picture = { storageKey, format, bytes, width, height, name: `${slot}.jpg`, digest }
    await attachFile(deps, actor, { caseId, section: kind, rowId: 'main', slot, picture })
  }
  await submitCase(deps, actor, { caseId, declared: true })
  return caseId
}

/** 领取 and 通过, whatever stage it is at. */
export async function pass(deps: Deps, reviewer: Staff, caseId: string): Promise<void> {
  await claimCase(deps, reviewer, { caseId })
  await approve(deps, reviewer, caseId)
}

/** 领取 and 不予通过. */
export async function refuse(deps: Deps, reviewer: Staff, caseId: string, note: string): Promise<void> {
  await claimCase(deps, reviewer, { caseId })
  const { version } = await caseRow(deps, caseId)
  await refuseCase(deps, reviewer, { caseId, version, note, opinions: noOpinions })
}
