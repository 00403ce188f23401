import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { Facts } from '#app/_ui/facts.tsx'
import { Field } from '#app/_ui/field-shell.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { viewAudit } from '#lib/commands/view-audit.ts'
import { type Deps, deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { auditWords as words } from '#lib/text/audit.ts'
import { exportLink } from '#lib/text/exports.ts'
import { staffWords } from '#lib/text/staff.ts'
import { auditAsked, auditedMember, auditStaffList, chainView, memberLog } from '#lib/views/audit.ts'
import { exportsKind } from '#lib/views/exports.ts'
import { AuditTabs, auditCrumb, ChainPanel, Lines, listed, PeriodForm, StaffRows } from './_parts.tsx'
import { open } from './actions.ts'

export async function generateMetadata({ searchParams }: { searchParams: Search }) {
  const asked = askedIn(await searchParams)
  if (!asked.account) return titled(words.title, await ownEcho(searchParams, paths.audit()))
  return titled(words.title, auditAsked(await deps(), periodIn(asked)))
}

const askedIn = (search: Awaited<Search>): Asked =>
  Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.slice(0, 200)]] : [],
    ),
  )
const periodIn = ({ from = '', to = '', what = '' }: Asked) => ({ from, to, what })

type Actor = Awaited<ReturnType<typeof staffPage>>['actor']
type Asked = Readonly<Record<string, string>>

/** 审计日志 (ADM-3): whom to look at, then what they did and saw. */
export default async function AuditPage({ searchParams }: { searchParams: Search }) {
  const { actor } = await staffPage()
  const asked = askedIn(await searchParams)
  const d = await deps()
  if (asked.account) return memberPage({ d, actor, account: asked.account, asked })
  return choicePage({ d, actor, asked, echo: await ownEcho(searchParams, paths.audit()) })
}

/** The log of one member of staff; a line about the look is written before anything is shown. */
async function memberPage({
  d,
  actor,
  account,
  asked,
}: {
  d: Deps
  actor: Actor
  account: string
  asked: Asked
}) {
  const { after = '' } = asked
  const member = await found(auditedMember(d, actor, account))
  const { what, issues, shown, period } = auditAsked(d, periodIn(asked))
  if (period) await found(viewAudit(d, actor, { accountId: account, kind: 'staff', what, ...period }))
  const log = period ? await found(memberLog(d, actor, account, { period, what, after })) : null
  const here = { account, from: shown.from, to: shown.to, what }
  const title = words.of(member.name)
  return (
    <Page width="wide" crumbs={[auditCrumb, { label: member.name }]} title={title}>
      <ErrorList issues={listed(issues)} />
      <Facts
        facts={[
          [words.facts.login, member.login],
          [words.facts.departments, <Lines key="departments" of={member.departments} />],
        ]}
      />
      <PeriodForm action={paths.audit()} hidden={{ account }} shown={shown} what={what} issues={issues} />
      {log ? <StaffRows rows={log.rows} caption={title} /> : null}
      <Pager
        first={log?.continued ? paths.audit(here) : null}
        next={log?.next ? paths.audit({ ...here, after: log.next }) : null}
      />
      <p className="mt-6 print:hidden">
        <LinkButton kind="quiet" href={paths.audit()}>
          {words.back}
        </LinkButton>
      </p>
    </Page>
  )
}

/** Whom to look at; where the chain stands. */
async function choicePage({
  d,
  actor,
  asked,
  echo,
}: {
  d: Deps
  actor: Actor
  asked: Asked
  echo: Echo | null
}) {
  const list = await found(auditStaffList(d, actor, asked))
  const chain = await found(chainView(d, actor))
  const chosen = Object.fromEntries(list.chain.map((id, index) => [`department.${index + 1}`, id]))
  return (
    <Page
      width="wide"
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      beside={
        exportsKind(actor, 'audit') ? (
          <LinkButton kind="quiet" href={paths.exportNew({ kind: 'audit' })}>
            {exportLink}
          </LinkButton>
        ) : null
      }
    >
      <ErrorList issues={listed(echo?.issues ?? [])} token={echo?.id} />
      <AuditTabs current="staff" />
      <LoginForm echo={echo} />
      <form method="get" action={paths.audit()} aria-label={words.staffFilter} className="print:hidden">
        <FieldInput
          field={{
            kind: 'department',
            name: 'department',
            ...words.department,
            optional: false,
            value: list.chain.join('/'),
            errors: [],
          }}
          levels={list.levels}
        />
        <div className="mb-6 flex flex-wrap gap-3">
          <Button kind="secondary">{words.apply}</Button>
          {list.chain.length > 0 ? (
            <LinkButton kind="quiet" href={paths.audit()}>
              {words.clear}
            </LinkButton>
          ) : null}
        </div>
      </form>
      <Table
        caption={words.staffList}
        captionHidden
        rowHeader="name"
        columns={columns}
        empty={words.noStaff}
        rows={list.rows.map((row) => ({
          id: row.id,
          cells: {
            name: row.name,
            login: row.login,
            departments: <Lines of={row.departments} />,
            state: (
              <Badge tone={row.status === 'active' ? 'good' : 'quiet'}>{staffWords.states[row.status]}</Badge>
            ),
            action: (
              <LinkButton kind="quiet" href={paths.audit({ account: row.id })} about={row.name}>
                {words.open}
              </LinkButton>
            ),
          },
        }))}
      />
      <Pager
        first={list.continued ? paths.audit(chosen) : null}
        next={list.next ? paths.audit({ ...chosen, after: list.next }) : null}
      />
      <ChainPanel chain={chain} />
    </Page>
  )
}

const columns = (['name', 'login', 'departments', 'state', 'action'] as const).map((key) => ({
  key,
  label: words.staffColumns[key],
}))

/** Straight to somebody whose login is known. */
function LoginForm({ echo }: { echo: Echo | null }) {
  const errors = listed(echo?.issues ?? []).map(({ text }) => text)
  return (
    <form
      key={echo?.id ?? 'fresh'}
      action={open}
      className="flex flex-wrap items-end gap-x-4 print:hidden"
      noValidate
    >
      <Field field={{ name: 'login', ...words.login, optional: false, errors }}>
        <input
          id="login"
          name="login"
          defaultValue={echo?.values.login?.[0] ?? ''}
          autoComplete="off"
          className="control sm:max-w-80"
          aria-describedby={`login-hint${errors.length > 0 ? ' login-error' : ''}`}
          aria-invalid={errors.length > 0 ? true : undefined}
        />
      </Field>
      <Button kind="secondary" className="mb-6">
        {words.open}
      </Button>
    </form>
  )
}
