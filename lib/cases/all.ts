/** Every case kind there is, by id. */
import { appeal } from './appeal.ts'
import { changes } from './change.ts'
import { collection } from './collection.ts'
import { correction } from './correction.ts'
import type { CaseKind, CaseKindId } from './define.ts'
import { identity } from './identity.ts'

export const caseKinds: Readonly<Record<CaseKindId, CaseKind>> = {
  collection,
  identity,
  correction,
  appeal,
  ...changes,
}
