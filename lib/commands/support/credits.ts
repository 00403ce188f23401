/** A claim of credits (CRE-1) at its submission and at its end. */
import { and, eq } from 'drizzle-orm'
import type { CaseFile } from '#db/queries/case-file.ts'
import type { Q } from '#db/store.ts'
import type { Deps } from '#lib/deps.ts'
import type { Draft } from '#lib/readers/draft.ts'
import { mainRow } from '#lib/sections/define.ts'

/** Whether what this case claims credits for has been counted; false for a case of another kind. */
export async function wasCounted({ store }: Deps, q: Q, file: CaseFile, draft: Draft): Promise<boolean> {
  if (file.case.kind !== 'credit') return false
  const {
    form = '',
    title = '',
    obtained = '',
  } = draft.rows('credit').find(({ id }) => id === mainRow)?.values ?? {}
  const { creditEntry: entry } = store.t
  const [found] = await q
    .select({ id: entry.id })
    .from(entry)
    .where(
      and(
        eq(entry.personId, file.case.personId),
        eq(entry.form, form),
        eq(entry.obtained, obtained),
        eq(entry.title, title),
      ),
    )
    .limit(1)
  return found !== undefined
}
