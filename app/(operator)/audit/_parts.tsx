/** What both pages of 审计日志 show: the chain, the filter, the rows. */
import { Button } from '#app/_ui/buttons.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Field, type Shown } from '#app/_ui/field-shell.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { Tabs } from '#app/_ui/tabs.tsx'
import type { Issue } from '#lib/domain/result.ts'
import { paths } from '#lib/paths.ts'
import { auditWords as words } from '#lib/text/audit.ts'
import { instantWords } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { type AuditView, auditWhats, type chainView } from '#lib/views/audit.ts'

export const auditCrumb = { href: paths.audit(), label: words.title }

export const listed = (issues: readonly Issue[]) =>
  issues.map((one) => ({ at: one.at, text: issueText(one) }))

export function AuditTabs({ current }: { current: 'staff' | 'people' }) {
  const tabs = [
    { id: 'staff', href: paths.audit() },
    { id: 'people', href: paths.auditPeople() },
  ] as const
  return (
    <Tabs
      label={words.tabList}
      tabs={tabs.map(({ id, href }) => ({ href, label: words.tabs[id], isCurrent: id === current }))}
    />
  )
}

/** Where the chain stands, and what it is good for. */
export function ChainPanel({ chain }: { chain: Awaited<ReturnType<typeof chainView>> }) {
  const { head, pending } = chain
  return (
    <div className="mt-10">
      <Panel title={words.chain.title} tone="panel">
        <FactList
          facts={[
            [words.chain.newest, head ? words.chain.head(head.number) : words.chain.none],
            [words.chain.at, head ? instantWords(head.at) : ''],
            [
              words.chain.hash,
              head ? (
                <code key="hash" className="break-all">
                  {head.text}
                </code>
              ) : (
                ''
              ),
            ],
            [words.chain.pending, words.chain.pendingCount(pending)],
          ]}
        />
        <p className="mt-4 max-w-measure text-ink-2">{words.chain.proves}</p>
        <p className="mt-2 max-w-measure text-ink-2">{words.chain.limits}</p>
      </Panel>
    </div>
  )
}

/** From, to and what; `hidden` is what the address says besides. */
export function PeriodForm({
  action,
  hidden,
  shown,
  what,
  issues,
}: {
  action: string
  hidden: Readonly<Record<string, string>>
  shown: { readonly from: string; readonly to: string }
  what: string
  issues: readonly Issue[]
}) {
  return (
    <form
      key={JSON.stringify([shown, what])}
      method="get"
      action={action}
      aria-label={words.period}
      className="mb-6 flex flex-wrap items-end gap-x-4 print:hidden"
    >
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {(['from', 'to'] as const).map((name) => {
        const field: Shown = {
          name,
          ...words[name],
          optional: false,
          errors: listed(issues)
            .filter(({ at }) => at === name)
            .map(({ text }) => text),
        }
        return (
          <Field key={name} field={field}>
            <input
              id={name}
              name={name}
              defaultValue={shown[name]}
              autoComplete="off"
              className="control sm:max-w-52"
              aria-describedby={`${name}-hint${field.errors.length > 0 ? ` ${name}-error` : ''}`}
              aria-invalid={field.errors.length > 0 ? true : undefined}
            />
          </Field>
        )
      })}
      <div className="mb-6">
        <label htmlFor="what" className="mb-1 block font-semibold">
          {words.what}
        </label>
        <select id="what" name="what" defaultValue={what} className="control sm:max-w-52">
          {auditWhats.map((one) => (
            <option key={one} value={one}>
              {words.whats[one]}
            </option>
          ))}
        </select>
      </div>
      <Button kind="secondary" className="mb-6">
        {words.find}
      </Button>
    </form>
  )
}

const CaseCell = ({ of }: { of: AuditView['case'] }) =>
  of === null ? null : of.openId === null ? of.number : <a href={paths.reviewCase(of.openId)}>{of.number}</a>

const byStaff = (['at', 'what', 'whom', 'case'] as const).map((key) => ({ key, label: words.columns[key] }))

/** What a member of staff did and saw. */
export function StaffRows({ rows, caption }: { rows: readonly AuditView[]; caption: string }) {
  return (
    <Table
      caption={caption}
      captionHidden
      rowHeader="at"
      columns={byStaff}
      empty={words.empty}
      rows={rows.map((row) => ({
        id: row.id,
        cells: {
          at: instantWords(row.at),
          what: row.what,
          whom: row.whom,
          case: <CaseCell of={row.case} />,
        },
      }))}
    />
  )
}

const ofPerson = (['at', 'what', 'by', 'departments', 'case'] as const).map((key) => ({
  key,
  label: words.personColumns[key],
}))

/** Who did what to a person, and saw what of them. */
export function PersonRows({ rows, caption }: { rows: readonly AuditView[]; caption: string }) {
  return (
    <Table
      caption={caption}
      captionHidden
      rowHeader="at"
      columns={ofPerson}
      empty={words.empty}
      rows={rows.map((row) => ({
        id: row.id,
        cells: {
          at: instantWords(row.at),
          what: row.what,
          by: row.by,
          departments: <Lines of={row.departments} />,
          case: <CaseCell of={row.case} />,
        },
      }))}
    />
  )
}

export function Lines({ of }: { of: readonly string[] }) {
  return (
    <ul>
      {of.map((one) => (
        <li key={one}>{one}</li>
      ))}
    </ul>
  )
}
