/** A made link: kept for this browser and this person alone, shown by the page, and then gone. */
import { Notice } from '#app/_ui/errors.tsx'
import { keep, withEcho } from '#lib/action/echo.ts'
import { Form } from '#lib/action/form.ts'
import { paths } from '#lib/paths.ts'
import { instantWords } from '#lib/text/dates.ts'
import { linkWords as words } from '#lib/text/staff.ts'

interface Link {
  readonly token: string
  readonly expiresAt: Date
}

/** Keeps the link and gives the address of the page that shows it. */
export async function showLink(page: string, ownerId: string, link: Link, name: string): Promise<string> {
  const form = new Form({ link: [link.token], until: [link.expiresAt.toISOString()], whose: [name.trim()] })
  return `${withEcho(page, await keep({ page, form, secret: [], issues: [], notice: '', ownerId }))}#main`
}

interface Props {
  /** What an echo holds. */
  values: Readonly<Record<string, readonly string[]>>
  origin: string
  /** Whose link it is, where the echo does not say. */
  name?: string
}

/** How to hand a link over; nothing where the echo holds none. */
export function MadeLink({ values, origin, name = '' }: Props) {
  const [[token = ''] = [], [until = ''] = [], [whose = ''] = []] = [values.link, values.until, values.whose]
  if (!/^[\w-]{43}$/.test(token)) return null
  return (
    <Notice kind="good" title={words.title}>
      <p className="max-w-measure">{words.text(whose || name, instantWords(new Date(until)))}</p>
      <p className="my-3">
        <span className="block text-hint text-ink-2">{words.label}</span>
        <code className="font-mono break-all select-all">{`${origin}${paths.invitation(token)}`}</code>
      </p>
      <p className="max-w-measure">{words.care}</p>
    </Notice>
  )
}
