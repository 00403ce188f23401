/** A claim of credits (CRE-1) at its submission and at its end. */
import { and, eq } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import { titleKey } from '#lib/domain/credits.ts'
import type { Draft } from '#lib/readers/draft.ts'
import { mainRow } from '#lib/sections/define.ts'

interface Earned {
  readonly personId: string
  readonly form: string
  readonly obtained: string
  readonly title: string
}

/** Whether the ledger has this already, under the same name however it was typed: the same thing counts once. */
export async function isCounted({ store }: Deps, q: Q, { personId, form, obtained, title }: Earned) {
  const { creditEntry: entry } = store.t
  const known = await q
    .select({ title: entry.title })
    .from(entry)
    .where(and(eq(entry.personId, personId), eq(entry.form, form), eq(entry.obtained, obtained)))
  const key = titleKey(title)
  return known.some((one) => titleKey(one.title) === key)
}

/** Whether what this case claims credits for has been counted; false for a case of another kind. */
export async function wasCounted(deps: Deps, q: Q, file: CaseFile, draft: Draft): Promise<boolean> {
  if (file.case.kind !== 'credit') return false
  const {
    form = '',
    title = '',
    obtained = '',
  } = draft.rows('credit').find(({ id }) => id === mainRow)?.values ?? {}
  return isCounted(deps, q, { personId: file.case.personId, form, obtained, title })
}
