import { Button, DefaultButton } from '#app/_ui/buttons.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { Table } from '#app/_ui/table.tsx'
import { instantDay, instantWords } from '#lib/text/dates.ts'
import { memberWords as words } from '#lib/text/staff.ts'
import type { departmentField, staffForm } from '#lib/views/staff-form.ts'
import type { staffMember } from '#lib/views/staff-member.ts'
import { end, give, renew, resume, revoke, suspend } from '../actions.ts'

type Member = Awaited<ReturnType<typeof staffMember>>
type Form = ReturnType<typeof staffForm>

const Whose = ({ member }: { member: Member }) => <input type="hidden" name="account" value={member.id} />

const columns = (['role', 'department', 'since', 'until', 'action'] as const).map((key) => ({
  key,
  label: words.grantColumns[key],
}))

/** What somebody may do and where, as far as it is in the viewer's scope. */
export function Grants({ member }: { member: Member }) {
  return (
    <Panel title={words.grants}>
      <Table
        caption={words.grants}
        captionHidden
        rowHeader="role"
        columns={columns}
        empty={words.noGrants}
        rows={member.grants.map((grant) => ({
          id: grant.id,
          cells: {
            role: (
              <>
                {grant.role}
                {grant.actsFor ? <span className="block text-hint text-ink-2">{grant.actsFor}</span> : null}
              </>
            ),
            department: grant.department,
            since: instantDay(grant.since),
            // The last day it counts, not the midnight it ends at.
            until: grant.until ? instantDay(new Date(grant.until.getTime() - 1)) : words.forGood,
            action: member.isGoverned ? (
              <form action={end}>
                <Whose member={member} />
                <input type="hidden" name="grant" value={grant.id} />
                <Button kind="quiet" about={`${grant.role}${grant.department}`}>
                  {words.endGrant}
                </Button>
              </form>
            ) : null,
          },
        }))}
      />
    </Panel>
  )
}

interface GiveProps {
  member: Member
  form: Form
  roles: Parameters<Form['role']>[0]
  department: Awaited<ReturnType<typeof departmentField>>
  id: string | undefined
}

export function GiveGrant({ member, form, roles, department, id }: GiveProps) {
  return (
    <Panel title={words.give}>
      <p className="mb-4 max-w-measure text-ink-2">{words.giveLead}</p>
      <form key={id ?? 'fresh'} action={give} noValidate>
        <DefaultButton intent="give" />
        <Whose member={member} />
        <FieldInput field={form.role(roles)} />
        <FieldInput field={department.field} levels={department.levels} />
        <FieldInput field={form.text('until', { max: 20, optional: true })} />
        <ConditionalFields />
        <Button kind="secondary" name="intent" value="give">
          {words.giveSubmit}
        </Button>
      </form>
    </Panel>
  )
}

/** A new link into the account, and the one that waits to be used. */
export function WayIn({ member, turn }: { member: Member; turn: string }) {
  return (
    <Panel title={words.wayIn}>
      <p className="mb-4 max-w-measure text-ink-2">{words.renewText}</p>
      {member.renewal ? (
        <form action={revoke} className="mb-4 flex flex-wrap items-center gap-3">
          <Whose member={member} />
          <input type="hidden" name="invitation" value={member.renewal.id} />
          <p>{words.renewOpen(instantWords(member.renewal.expiresAt))}</p>
          <Button kind="quiet">{words.revoke}</Button>
        </form>
      ) : null}
      <form action={renew}>
        <Whose member={member} />
        <input type="hidden" name="turn" value={turn} />
        <Button kind="secondary">{words.renew}</Button>
      </form>
    </Panel>
  )
}

export function State({ member }: { member: Member }) {
  const isActive = member.status === 'active'
  return (
    <Panel title={words.state}>
      <p className="mb-4 max-w-measure text-ink-2">{isActive ? words.suspendText : words.resumeText}</p>
      <form action={isActive ? suspend : resume}>
        <Whose member={member} />
        <Button kind={isActive ? 'danger' : 'secondary'}>{isActive ? words.suspend : words.resume}</Button>
      </form>
    </Panel>
  )
}
