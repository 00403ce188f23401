import { notFound } from 'next/navigation'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { newSecret } from '#lib/ids.ts'
import { paths } from '#lib/paths.ts'
import { nameLimits } from '#lib/schemas/name.ts'
import { linkWords, roleWords, staffWords, inviteWords as words } from '#lib/text/staff.ts'
import { inviteChoices } from '#lib/views/staff.ts'
import { departmentField, staffForm } from '#lib/views/staff-form.ts'
import { MadeLink } from '../_link.tsx'
import { invite } from '../actions.ts'

interface Props {
  searchParams: Search
}

export async function generateMetadata({ searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.staffInvite)
  return titled(words.title, echo)
}

/** 邀请人员 (ACC-10); the link that was made stands here once, in the echo. */
export default async function InvitePage({ searchParams }: Props) {
  const { actor } = await staffPage()
  const choices = inviteChoices(actor)
  if (!choices) notFound()
  const { roles } = choices
  const { department } = await searchParams
  const proposed = typeof department === 'string' ? department.slice(0, 100) : choices.department
  const d = await deps()
  const echo = await ownEcho(searchParams, paths.staffInvite)
  const made = echo?.values.link !== undefined
  const kept = made ? null : echo
  const form = staffForm(kept)
  const { field, levels } = await departmentField(d, kept, roles, proposed)
  return (
    <Page
      crumbs={[{ href: paths.staff(), label: staffWords.title }, { label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={
        <AsidePanel title={staffWords.fields.role.label}>
          <dl className="space-y-2">
            {roles.map((role) => (
              <div key={role}>
                <dt className="font-medium text-ink">{roleWords[role].name}</dt>
                <dd>{roleWords[role].does}</dd>
              </div>
            ))}
          </dl>
        </AsidePanel>
      }
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {made && echo ? <MadeLink values={echo.values} origin={d.env.origin} /> : null}
      <form key={echo?.id ?? 'fresh'} action={invite} noValidate>
        <DefaultButton intent="invite" />
        {/* New with every page: two clicks make one link. */}
        <input type="hidden" name="turn" value={newSecret()} />
        <FieldInput field={form.text('name', { max: nameLimits.maxCharacters })} />
        <FieldInput field={form.role(roles)} />
        <FieldInput field={field} levels={levels} />
        {roles.includes('operator') ? (
          <p className="-mt-4 mb-6 max-w-measure text-hint text-ink-3">{words.auditorNote}</p>
        ) : null}
        <FieldInput field={form.text('idNumber', { max: 20, optional: true })} />
        <ConditionalFields />
        <Actions
          primary={
            <Button name="intent" value="invite">
              {words.submit}
            </Button>
          }
        >
          <LinkButton kind="quiet" href={paths.staff()}>
            {linkWords.back}
          </LinkButton>
        </Actions>
      </form>
    </Page>
  )
}
