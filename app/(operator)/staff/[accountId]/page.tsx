import { notFound } from 'next/navigation'
import { LeaveParts } from '#app/_form/leave-form.tsx'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Facts } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { newSecret } from '#lib/ids.ts'
import { paths } from '#lib/paths.ts'
import { instantDay } from '#lib/text/dates.ts'
import { leaveWords, staffWords, memberWords as words } from '#lib/text/staff.ts'
import { inviteChoices } from '#lib/views/staff.ts'
import { departmentField, staffForm } from '#lib/views/staff-form.ts'
import { staffMember } from '#lib/views/staff-member.ts'
import { MadeLink } from '../_link.tsx'
import { StateBadge } from '../_state.tsx'
import { endLeave, takeLeave } from '../actions.ts'
import { GiveGrant, Grants, State, WayIn } from './member-panels.tsx'

interface Props {
  params: Promise<{ accountId: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.staffMember((await params).accountId))
  return titled(`${words.crumb} · ${staffWords.title}`, echo)
}

/** One member of staff (ACC-10): offices, the way in, the state. */
export default async function MemberPage({ params, searchParams }: Props) {
  const { actor } = await staffPage()
  const { accountId } = await params
  const d = await deps()
  const member = await found(staffMember(d, actor, accountId))
  const choices = inviteChoices(actor)
  if (!choices) notFound()
  const { roles, department } = choices
  const echo = await ownEcho(searchParams, paths.staffMember(accountId))
  const kept = echo?.values.link === undefined ? echo : null
  const form = staffForm(kept)
  const asked = (await searchParams).done
  const done = typeof asked === 'string' ? staffWords.done[asked] : undefined
  return (
    <Page
      crumbs={[{ href: paths.staff(), label: staffWords.title }, { label: member.name }]}
      title={member.name}
      beside={<StateBadge status={member.status} awayUntil={member.awayUntil} />}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {done ? <Notice kind="good">{done}</Notice> : null}
      {echo ? <MadeLink values={echo.values} origin={d.env.origin} name={member.name} /> : null}
      <Facts
        facts={[
          [words.facts.login, member.login],
          [words.facts.seen, member.seenAt ? instantDay(member.seenAt) : staffWords.unseen],
          [words.facts.identity, member.knowsIdentity ? words.identity.known : words.identity.unknown],
          [words.facts.codes, String(member.codes)],
        ]}
      />
      {member.isSelf ? (
        <Notice kind="info">
          <p>{member.isOperator ? words.yourselfOperator : words.yourself}</p>
          <p>
            <a href={paths.accountFactor}>{words.own}</a>
          </p>
          {member.leave ? (
            <p>
              <a href={paths.accountLeave}>{leaveWords.toLeave}</a>
            </p>
          ) : null}
        </Notice>
      ) : null}
      {member.isSelf || member.isGoverned ? null : <Notice kind="info">{words.elsewhere}</Notice>}
      <div className="space-y-6">
        <Grants member={member} />
        {member.leave && !member.isSelf ? (
          <LeaveParts
            key={echo?.id ?? 'fresh'}
            leave={member.leave}
            kept={kept}
            actions={{ take: takeLeave, end: endLeave }}
          />
        ) : null}
        {member.isGoverned ? (
          <>
            <GiveGrant
              member={member}
              form={form}
              roles={roles}
              department={await departmentField(d, kept, roles, department)}
              id={echo?.id}
            />
            {member.status === 'active' ? <WayIn member={member} turn={newSecret()} /> : null}
            <State member={member} />
          </>
        ) : null}
      </div>
    </Page>
  )
}
