import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Actions, Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { PrintButton } from '#app/_ui/live/print-button.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { SecretInput } from '#app/_ui/secret-input.tsx'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { factorWords as words } from '#lib/text/staff.ts'
import { type Enrolment, ownFactor } from '#lib/views/invitation.ts'
import { staffForm } from '#lib/views/staff-form.ts'
import { areAnew, shownCodes } from './_codes.ts'
import { EnrolmentSteps } from './_enrolment.tsx'
import { confirm, finish } from './actions.ts'

interface Props {
  searchParams: Search
}

export async function generateMetadata({ searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.accountFactor)
  return titled(words.title, echo)
}

/** 身份验证器和恢复码 of a member of staff (ACC-10): what is shown once comes in an echo, so that reading changes nothing. */
export default async function FactorPage({ searchParams }: Props) {
  const { account } = await staffPage()
  const echo = await ownEcho(searchParams, paths.accountFactor)
  const codes = shownCodes(echo?.values)
  const { left, enrolment } = await ownFactor(await deps(), account, echo?.values.ticket?.[0] ?? '')
  const form = staffForm(echo)
  const { done } = await searchParams
  return (
    <Page
      crumbs={[{ href: paths.account, label: words.account }, { label: words.title }]}
      title={words.title}
      lead={codes.length > 0 ? undefined : words.lead}
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {done === 'replaced' ? <Notice kind="good">{words.replaced}</Notice> : null}
      {codes.length > 0 ? (
        <Codes codes={codes} isAnew={areAnew(echo?.values)} />
      ) : enrolment ? (
        <NewFactor form={form} enrolment={enrolment} ticket={echo?.values.ticket?.[0] ?? ''} id={echo?.id} />
      ) : (
        <Confirm form={form} left={left} id={echo?.id} />
      )}
    </Page>
  )
}

function Codes({ codes, isAnew }: { codes: readonly string[]; isAnew: boolean }) {
  return (
    <>
      <Notice kind="warn" title={words.made}>
        <p className="max-w-measure">
          {words.madeText}
          {isAnew ? words.madeAnew : ''}
        </p>
      </Notice>
      <Panel title={words.list}>
        <ol className="grid max-w-field list-decimal gap-x-10 gap-y-2 pl-8 sm:grid-cols-2">
          {codes.map((code) => (
            <li key={code}>
              <code className="font-mono text-h3">{code}</code>
            </li>
          ))}
        </ol>
      </Panel>
      <div className="mt-6 flex flex-wrap gap-3 print:hidden">
        <LinkButton kind="primary" href={paths.review()}>
          {words.go}
        </LinkButton>
        <PrintButton word={words.print} />
      </div>
    </>
  )
}

type Form = ReturnType<typeof staffForm>

interface NewFactorProps {
  form: Form
  enrolment: Enrolment
  ticket: string
  id: string | undefined
}
function NewFactor({ form, enrolment, ticket, id }: NewFactorProps) {
  return (
    <form key={id} action={finish} noValidate aria-labelledby="new-factor">
      <h2 id="new-factor" className="mb-2 text-h2">
        {words.newFactor}
      </h2>
      <p className="mb-4 max-w-measure text-ink-2">{words.newFactorLead}</p>
      <EnrolmentSteps enrolment={enrolment} />
      <input type="hidden" name="ticket" value={ticket} />
      <SecretInput field={form.shown('totp')} autoComplete="one-time-code" />
      <Actions primary={<Button>{words.finish}</Button>}>
        <LinkButton kind="quiet" href={paths.accountFactor}>
          {words.cancel}
        </LinkButton>
      </Actions>
    </form>
  )
}

function Confirm({ form, left, id }: { form: Form; left: number; id: string | undefined }) {
  return (
    <form key={id ?? 'fresh'} action={confirm} noValidate aria-labelledby="confirm">
      <DefaultButton intent="factor" />
      <p className="mb-6">
        {words.left(left)}
        {left <= 3 ? words.few : ''}
      </p>
      <h2 id="confirm" className="mb-2 text-h2">
        {words.confirm}
      </h2>
      <p className="mb-4 max-w-measure text-ink-2">{words.confirmLead}</p>
      <SecretInput field={form.shown('currentPassword')} autoComplete="current-password" />
      <SecretInput field={form.shown('factor', { name: 'totp' })} autoComplete="one-time-code" letters />
      <Actions
        primary={
          <Button name="intent" value="factor">
            {words.replace}
          </Button>
        }
      >
        <Button kind="secondary" name="intent" value="codes">
          {words.codes}
        </Button>
      </Actions>
    </form>
  )
}
