/** Every case kind there is, by id. */
import { collection } from './collection.ts'
import type { CaseKind, CaseKindId } from './define.ts'
import { identity } from './identity.ts'

export const caseKinds: Readonly<Record<CaseKindId, CaseKind>> = { collection, identity }
