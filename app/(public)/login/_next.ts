import { paths } from '#lib/paths.ts'
import { localPath } from '#lib/schemas/local-path.ts'

/** Pages of one kind of account alone; on all others both have something to see, or a 404. */
const only = { staff: /^\/(review|staff)(\/|$)/, applicant: /^\/(collection|identity|cases)(\/|$)/ } as const

/** `asked`, if it is the path of a page here, spelt as a browser would and without a query; else ''. */
export const nextPath = (asked: string | readonly string[] | undefined): string =>
  typeof asked === 'string' && asked !== '/' && !asked.includes('?') && localPath(asked) === asked
    ? asked
    : ''

/** Where signing in leads: to the page that was asked for, if it is one for this account, else to where its work is. */
export function afterSignIn(kind: 'applicant' | 'staff', asked: string): string {
  const next = nextPath(asked)
  const foreign = kind === 'staff' ? only.applicant : only.staff
  if (next !== '' && !foreign.test(next)) return next
  return kind === 'staff' ? paths.review() : paths.home
}
