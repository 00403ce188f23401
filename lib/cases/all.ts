/** Every case kind there is, by id. */
import { appeal } from './appeal.ts'
import { changes } from './change.ts'
import { collection } from './collection.ts'
import { award, objection, penalty } from './conduct.ts'
import { correction } from './correction.ts'
import { credit } from './credit.ts'
import type { CaseKind, CaseKindId } from './define.ts'
import { exam } from './exam.ts'
import { identity } from './identity.ts'
import { transfer } from './transfer.ts'

export const caseKinds: Readonly<Record<CaseKindId, CaseKind>> = {
  collection,
  identity,
  correction,
  appeal,
  ...changes,
  transfer,
  credit,
  award,
  penalty,
  objection,
  exam,
}
