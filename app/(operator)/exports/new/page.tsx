import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput, ShownWhen } from '#app/_ui/fields.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { exportsWords, exportFormWords as words } from '#lib/text/exports.ts'
import { exportForm } from '#lib/views/export-form.ts'
import { begin } from '../actions.ts'

interface Props {
  searchParams: Search
}

const here = paths.exportNew()

export async function generateMetadata({ searchParams }: Props) {
  return titled(words.title, await ownEcho(searchParams, here))
}

/** 新建导出 (ADM-2, ADM-3). */
export default async function NewExportPage({ searchParams }: Props) {
  const { actor } = await staffPage()
  const asked = Object.fromEntries(
    Object.entries(await searchParams).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.slice(0, 200)]] : [],
    ),
  )
  const d = await deps()
  const echo = await ownEcho(searchParams, here)
  const { kinds, fields, exam, whole, levels, issues } = await found(exportForm(d, actor, echo, asked))
  const { exportsRunning, staffExportsPerDay } = d.env.limits
  return (
    <Page
      crumbs={[{ href: paths.exports(), label: exportsWords.title }, { label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={
        <AsidePanel title={words.aside}>
          <dl className="space-y-2">
            {kinds.map((kind) => (
              <div key={kind}>
                <dt className="font-medium text-ink">{exportsWords.kinds[kind].name}</dt>
                <dd>{exportsWords.kinds[kind].text}</dd>
              </div>
            ))}
          </dl>
        </AsidePanel>
      }
    >
      <ErrorList issues={issues} token={echo?.id} />
      <Notice kind="warn">{words.care}</Notice>
      <form key={echo?.id ?? 'fresh'} action={begin} noValidate>
        <DefaultButton intent="begin" />
        <FieldInput field={fields.kind} />
        <FieldInput field={fields.department} levels={levels} />
        <FieldInput field={fields.from} />
        <FieldInput field={fields.to} />
        {exam ? (
          <>
            <FieldInput field={exam.level} />
            <FieldInput field={exam.year} />
          </>
        ) : null}
        <FieldInput field={fields.format} />
        {whole ? (
          <ShownWhen condition={whole.full.shownWhen}>
            <FieldInput field={{ ...whole.full, shownWhen: undefined }} />
            <FieldInput field={whole.purpose} />
          </ShownWhen>
        ) : null}
        <ConditionalFields />
        <p className="mb-6 max-w-measure text-hint text-ink-2">
          {words.limits(exportsRunning, staffExportsPerDay)}
        </p>
        <Actions
          primary={
            <Button name="intent" value="begin">
              {words.submit}
            </Button>
          }
        >
          <LinkButton kind="quiet" href={paths.exports()}>
            {words.back}
          </LinkButton>
        </Actions>
      </form>
    </Page>
  )
}
