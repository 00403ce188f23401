import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { bindings, Field } from '#app/_ui/field-shell.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { AsidePanel, Panel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantWords } from '#lib/text/dates.ts'
import { rosterTemplate, rosterWords as words } from '#lib/text/rosters.ts'
import { rosterForms, rosterList, uploadIssues } from '#lib/views/rosters.ts'
import { RosterBadge } from './_standing.tsx'

interface Props {
  searchParams: Search
}

const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : '')
/** The page an upload comes back to says its department. */
const here = async (search: Search) => {
  const department = text((await search).department)
  return paths.rosters({ department })
}

export async function generateMetadata({ searchParams }: Props) {
  return titled(words.title, await ownEcho(searchParams, await here(searchParams)))
}

/** 继续教育名单 (CRE-1): upload one, and those of the viewer's departments. */
export default async function RostersPage({ searchParams }: Props) {
  const { actor } = await staffPage()
  const asked = await searchParams
  const view = await found(
    rosterList(await deps(), actor, { after: text(asked.after), department: text(asked.department) }),
  )
  const echo = await ownEcho(searchParams, await here(searchParams))
  const issues = uploadIssues(echo?.issues ?? [])
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={
        <AsidePanel title={words.aside}>
          <ul className="list-disc space-y-1 pl-5">
            {words.how.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <p className="font-medium text-ink">{words.forms}</p>
          <ul className="list-disc space-y-1 pl-5">
            {rosterForms.map((form) => (
              <li key={form}>{form}</li>
            ))}
          </ul>
        </AsidePanel>
      }
    >
      <ErrorList issues={issues} token={echo?.id} />
      {view.place ? (
        <div className="mb-8">
          <Upload view={view} errors={issues.map((one) => one.text)} />
        </div>
      ) : null}
      <Table
        caption={words.list}
        rowHeader="at"
        columns={columns}
        empty={words.empty}
        rows={view.rows.map((row) => ({
          id: row.id,
          cells: {
            at: instantWords(row.at),
            department: row.department,
            by: row.by,
            lines: row.lines,
            entered: row.entered,
            state: <RosterBadge standing={row.standing} />,
            action: (
              <LinkButton
                kind="quiet"
                href={paths.roster(row.id)}
                about={words.about(row.department, instantWords(row.at))}
              >
                {words.open}
              </LinkButton>
            ),
          },
        }))}
      />
      <Pager
        first={view.continued ? paths.rosters() : null}
        next={view.next === null ? null : paths.rosters({ after: view.next })}
      />
    </Page>
  )
}

const columns = (['at', 'department', 'by', 'lines', 'entered', 'state', 'action'] as const).map((key) => ({
  key,
  label: words.columns[key],
  isNumber: key === 'lines' || key === 'entered',
}))

type View = Awaited<ReturnType<typeof rosterList>>

function Upload({ view: { place, places }, errors }: { view: View; errors: readonly string[] }) {
  if (place === null) return null
  const field = { name: 'file', label: words.file, hint: words.fileHint, optional: false, errors }
  return (
    <Panel title={words.upload(place.name)}>
      {places.length > 1 ? (
        <nav aria-label={words.places} className="mb-4">
          <ul className="flex flex-wrap gap-x-6">
            {places.map(({ id, name }) => (
              <li key={id}>
                <a
                  href={paths.rosters({ department: id })}
                  aria-current={id === place.id ? 'true' : undefined}
                  className="inline-flex min-h-target items-center aria-[current]:font-semibold"
                >
                  {name}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      ) : null}
      <p className="mb-4 max-w-measure text-ink-2">{words.uploadText}</p>
      <form method="post" action={paths.rosterUpload(place.id)} encType="multipart/form-data">
        <Field field={field}>
          <input
            type="file"
            id="file"
            name="file"
            accept=".csv,text/csv"
            className="control max-w-field"
            {...bindings(field)}
          />
        </Field>
        <div className="flex flex-wrap gap-3">
          <Button>{words.submit}</Button>
          <LinkButton href={paths.templateCsv('roster')} about={rosterTemplate.title}>
            {words.template}
          </LinkButton>
        </div>
      </form>
    </Panel>
  )
}
