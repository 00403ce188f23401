import { Badge } from '#app/_ui/badge.tsx'
import { Button } from '#app/_ui/buttons.tsx'
import { Pager } from '#app/_ui/pager.tsx'
import { Table } from '#app/_ui/table.tsx'
import { signedInPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { sessionWords as words } from '#lib/text/my-account.ts'
import { ownSessions, signInHistory } from '#lib/views/own-sessions.ts'
import { AccountPage, type AccountPageProps, keptForm } from '../_parts.tsx'
import { endDevice, endOthers } from './actions.ts'

export const metadata = { title: words.title }

const doneWords: Readonly<Record<string, string>> = { ended: words.ended, others: words.othersEnded }

/** 登录设备与记录 (ACC-8), for whoever is signed in. */
export default async function SessionsPage({ searchParams }: AccountPageProps) {
  const { actor } = await signedInPage()
  const d = await deps()
  const { done, before } = await searchParams
  const [devices, history, kept] = await Promise.all([
    ownSessions(d, actor),
    signInHistory(d, actor, typeof before === 'string' ? before : ''),
    keptForm(searchParams, paths.accountSessions),
  ])
  return (
    <AccountPage
      title={words.title}
      lead={words.lead}
      kept={kept}
      done={typeof done === 'string' ? (doneWords[done] ?? '') : ''}
    >
      <Devices devices={devices} />
      <History history={history} days={d.env.limits.signInRecordDays} />
    </AccountPage>
  )
}

type Shown = Awaited<ReturnType<typeof ownSessions>>

const columnsOf = <K extends string>(labels: Readonly<Record<K, string>>, ...keys: readonly K[]) =>
  keys.map((key) => ({ key, label: labels[key] }))

function Devices({ devices }: { devices: Shown }) {
  return (
    <section className="mb-10">
      <Table
        caption={words.devices}
        columns={columnsOf(words.columns, 'device', 'address', 'since', 'seen', 'action')}
        rowHeader="device"
        rows={devices.map(({ id, device, address, since, seen, isHere }) => ({
          id,
          cells: {
            device,
            address,
            since,
            seen,
            action: isHere ? (
              <Badge tone="good">{words.here}</Badge>
            ) : (
              <form action={endDevice}>
                <input type="hidden" name="session" value={id} />
                <Button kind="quiet" about={words.endAbout(device, since)}>
                  {words.end}
                </Button>
              </form>
            ),
          },
        }))}
      />
      {devices.some(({ isHere }) => !isHere) ? (
        <form action={endOthers} className="mt-4">
          <Button kind="secondary">{words.endOthers}</Button>
        </form>
      ) : null}
    </section>
  )
}

function History({ history, days }: { history: Awaited<ReturnType<typeof signInHistory>>; days: number }) {
  return (
    <section id="history" tabIndex={-1} aria-label={words.history}>
      <Table
        caption={words.history}
        columns={columnsOf(words.historyColumns, 'when', 'outcome', 'device', 'address')}
        rowHeader="when"
        rows={history.rows.map(({ id, when, isIn, outcome, device, address }) => ({
          id,
          cells: {
            when,
            outcome: isIn ? outcome : <span className="font-medium text-bad">{outcome}</span>,
            device,
            address,
          },
        }))}
        empty={words.none}
      />
      <p className="mt-2 text-hint text-ink-2">{words.historyLead(days)}</p>
      <Pager
        first={history.continued ? paths.accountSessions : null}
        next={history.next ? paths.accountSignIns(history.next) : null}
        words={words.pager}
      />
    </section>
  )
}
