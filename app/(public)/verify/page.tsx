import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { paths } from '#lib/paths.ts'
import { issueText } from '#lib/text/issues.ts'
import { verifyWords as words } from '#lib/text/papers.ts'
import { verify } from './actions.ts'

const page = paths.verify()

export const generateMetadata = async ({ searchParams }: { searchParams: Search }) =>
  titled(words.title, await ownEcho(searchParams, page))

/** 查验: for whoever holds a paper; nobody has to sign in. */
export default async function VerifyPage({ searchParams }: { searchParams: Search }) {
  const echo = await ownEcho(searchParams, page)
  const issues = (echo?.issues ?? []).map((one) => ({ at: one.at, text: issueText(one) }))
  return (
    <Page crumbs={[{ label: words.title }]} title={words.title} lead={words.lead}>
      <ErrorList issues={issues} token={echo?.id} />
      <form key={echo?.id ?? 'fresh'} action={verify} noValidate>
        <FieldInput
          field={{
            kind: 'text',
            name: 'code',
            ...words.code,
            optional: false,
            value: echo?.values.code?.[0] ?? '',
            errors: issues.filter(({ at }) => at === 'code').map(({ text }) => text),
            max: 60,
            input: 'text',
          }}
        />
        <Actions primary={<Button>{words.submit}</Button>} />
      </form>
      <p className="mt-6 max-w-measure text-hint text-ink-2">{words.limits}</p>
    </Page>
  )
}
