import { IdentityFields } from '#app/_form/identity-fields.tsx'
import { Actions, Button, DefaultButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { ConditionalFields } from '#app/_ui/live/conditional-fields.tsx'
import { type Crumb, Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { paths } from '#lib/paths.ts'
import { mendWords as words } from '#lib/text/document-cases.ts'
import { helpOfSection, moreHelp } from '#lib/text/help/all.ts'
import { accountForm } from '#lib/views/account-form.ts'
import { submitMended } from './actions.ts'

interface Props {
  own: Readonly<Record<string, readonly string[]>>
  echo: Echo | null
  crumbs: readonly Crumb[]
  done: boolean
}

/** 身份信息更正 of who is not verified yet: put right at once, by the rules of registration. */
export function MendForm({ own, echo, crumbs, done }: Props) {
  const form = accountForm(echo ?? { values: own, issues: [] })
  const topic = helpOfSection.correction
  return (
    <Page
      crumbs={crumbs}
      title={words.title}
      lead={words.lead}
      aside={
        <AsidePanel title={words.howTitle} more={{ href: paths.helpTopic(topic), label: moreHelp(topic) }}>
          <ul className="list-disc space-y-1 pl-5">
            {words.how.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </AsidePanel>
      }
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {echo?.issues.length ? <Notice kind="info">{words.retype}</Notice> : null}
      {done ? <Notice kind="good">{words.done}</Notice> : null}
      <form key={echo?.id ?? 'fresh'} action={submitMended} noValidate>
        <DefaultButton intent="mend" />
        <IdentityFields form={form} />
        <SecretInput field={form.shown('currentPassword')} autoComplete="current-password" />
        <ConditionalFields />
        <Actions
          primary={
            <Button name="intent" value="mend">
              {words.submit}
            </Button>
          }
        />
      </form>
    </Page>
  )
}
