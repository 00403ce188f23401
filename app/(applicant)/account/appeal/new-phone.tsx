import { CodeStatus } from '#app/_form/code-status.tsx'
import { Actions, Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
import { Captcha } from '#app/_ui/captcha.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { FocusControl } from '#app/_ui/live/focus-control.tsx'
import { type Crumb, Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { paths } from '#lib/paths.ts'
import { accountWords } from '#lib/text/account.ts'
import { appealWords, documentCaseWords } from '#lib/text/document-cases.ts'
import { helpOfSection, moreHelp } from '#lib/text/help/all.ts'
import { accountForm } from '#lib/views/account-form.ts'
import type { CodeWait } from '#lib/views/code-wait.ts'
import { submitNewPhone } from './actions.ts'

const words = appealWords.lost

interface Props {
  /** Masked; '' where none is registered. */
  present: string
  captcha: string
  wait: CodeWait | null
  echo: Echo | null
  crumbs: readonly Crumb[]
  /** The appeal before this one was granted. */
  granted: boolean
}

/** The first step where a phone is lost (ACC-8): the one used now, proven by its code. */
export function NewPhone({ present, captcha, wait, echo, crumbs, granted }: Props) {
  const form = accountForm(echo)
  const phone = form.text('newPhone', { max: 20, input: 'tel', autocomplete: 'tel-national' })
  const topic = helpOfSection.appeal
  return (
    <Page
      crumbs={crumbs}
      title={appealWords.title}
      lead={words.lead}
      aside={
        <AsidePanel more={{ href: paths.helpTopic(topic), label: moreHelp(topic) }}>
          <p>{words.otherwise}</p>
          <p>
            <LinkButton href={paths.accountPhone}>{words.change}</LinkButton>
          </p>
        </AsidePanel>
      }
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {granted ? <Notice kind="good">{documentCaseWords.appeal.approved}</Notice> : null}
      <h2 className="mb-4 text-h2">{words.title}</h2>
      {present === '' ? null : <p className="mb-6">{words.present(present)}</p>}
      <form key={echo?.id ?? 'fresh'} action={submitNewPhone} noValidate>
        <DefaultButton intent="claim" />
        <FieldInput field={phone} />
        <Captcha token={captcha} errors={form.shown('captcha').errors} hint={accountWords.captchaForCode} />
        <CodeStatus wait={wait} phone={phone.value} asked={echo?.issues.length === 0} />
        <SecretInput field={form.shown('code')} autoComplete="one-time-code" />
        <Actions
          primary={
            <Button name="intent" value="claim">
              {words.submit}
            </Button>
          }
        />
      </form>
      {echo && wait && echo.issues.length === 0 ? <FocusControl id="code" token={echo.id} /> : null}
    </Page>
  )
}
