import { notFound } from 'next/navigation'
import { cache, type ReactNode } from 'react'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { AnswersView } from '#app/_ui/answers.tsx'
import { Actions, Button, DefaultButton, LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import type { Echo } from '#lib/action/echo.ts'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { findPerson } from '#lib/commands/find-person.ts'
import { deps } from '#lib/deps.ts'
import { isFault } from '#lib/domain/errors.ts'
import { paths } from '#lib/paths.ts'
import { entriesWords, penaltyWords as words } from '#lib/text/conduct.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { penaltyForm } from '#lib/views/penalty-form.ts'
import { hasQueue } from '#lib/views/review-queue.ts'
import { penalty } from '../../actions.ts'

interface Props {
  searchParams: Search
}
type FormView = Awaited<ReturnType<typeof penaltyForm>>

/** Once per request, so that title and page are one look-up in the log. */
const lookedUp = cache(async (number: string, name: string) => {
  const { actor } = await staffPage()
  return found(findPerson(await deps(), actor, { number, name })).catch((error: unknown) => {
    if (isFault(error, 'refused')) return { issues: error.issues }
    throw error
  })
})

/** How far the form is, the person it is about once they are found, and everything that was refused. */
async function soughtIn(searchParams: Search) {
  const echo = await ownEcho(searchParams, paths.penaltyNew)
  const step = echo?.values.step?.[0] ?? ''
  const sought = { number: echo?.values.number?.[0] ?? '', name: echo?.values.name?.[0] ?? '' }
  const person = step === 'fill' || step === 'confirm' ? await lookedUp(sought.number, sought.name) : null
  const refusals = person && 'issues' in person ? person.issues : []
  const shown = person && 'account' in person ? person : null
  return { echo, step, sought, shown, issues: [...(echo?.issues ?? []), ...refusals] }
}

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(words.title, await soughtIn(searchParams))

/** 行政处罚登记 (AWD-1): the person, the decision, a last look. */
export default async function PenaltyPage({ searchParams }: Props) {
  const { actor } = await staffPage()
  if (!hasQueue(actor)) notFound()
  const { echo, step, sought, shown, issues } = await soughtIn(searchParams)
  const form = await penaltyForm(await deps(), echo && { values: echo.values, issues })
  const isConfirm = step === 'confirm' && shown !== null && echo?.issues.length === 0
  return (
    <Page
      crumbs={[{ href: paths.conductEntries(), label: entriesWords.title }, { label: words.title }]}
      title={words.title}
      lead={words.lead}
    >
      <ErrorList
        issues={shownIssues([...(shown ? [] : form.sought), ...form.fields], [], form.others)}
        token={echo?.id}
      />
      {shown === null ? (
        <Find form={form} echo={echo} />
      ) : (
        <form key={echo?.id} action={penalty} noValidate>
          <DefaultButton intent={isConfirm ? 'enter' : 'check'} />
          <input type="hidden" name="number" value={sought.number} />
          <input type="hidden" name="name" value={sought.name} />
          <input type="hidden" name="step" value={step} />
          <div className="mb-6">
            <Panel title={words.person} tone="panel">
              <FactList
                facts={[
                  [words.facts.name, shown.account.name],
                  [words.facts.number, shown.account.number],
                  [words.facts.department, shown.department.fullName],
                ]}
              />
              {isConfirm ? null : (
                <div className="mt-3">
                  <Button kind="quiet" name="intent" value="another">
                    {words.another}
                  </Button>
                </div>
              )}
            </Panel>
          </div>
          {isConfirm ? <Confirm form={form} /> : <Fill form={form} />}
        </form>
      )}
    </Page>
  )
}

function Find({ form, echo }: { form: FormView; echo: Echo | null }) {
  return (
    <form key={echo?.id ?? 'fresh'} action={penalty} noValidate>
      <h2 className="mb-3 text-h2">{words.find}</h2>
      <p className="mb-4 max-w-measure text-ink-2">{words.findNote}</p>
      {form.sought.map((field) => (
        <FieldInput key={field.name} field={field} />
      ))}
      {/* What was typed before the person was changed or not found is not lost. */}
      <Typed form={form} />
      <Actions
        primary={
          <Button name="intent" value="find">
            {words.search}
          </Button>
        }
      >
        <LinkButton kind="quiet" href={paths.conductEntries()}>
          {words.leave}
        </LinkButton>
      </Actions>
    </form>
  )
}

const Typed = ({ form }: { form: FormView }): ReactNode =>
  form.typed
    .filter(([, value]) => value !== '')
    .map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />)

function Fill({ form }: { form: FormView }) {
  return (
    <>
      <h2 className="mb-3 text-h2">{words.fill}</h2>
      {form.isLate ? <Notice kind="warn">{words.late(form.due)}</Notice> : null}
      {form.fields.map((field) => (
        <FieldInput key={field.name} field={field} />
      ))}
      <Actions
        primary={
          <Button name="intent" value="check">
            {words.check}
          </Button>
        }
      />
    </>
  )
}

function Confirm({ form }: { form: FormView }) {
  return (
    <>
      <Typed form={form} />
      <h2 className="mb-3 text-h2">{words.confirm}</h2>
      <Notice kind={form.isLate ? 'warn' : 'info'}>
        <p>{form.isLate ? words.late(form.due) : words.inTime(form.due)}</p>
        <p>{words.confirmNote}</p>
      </Notice>
      <AnswersView section={form.answers} audience="owner" />
      <Actions
        primary={
          <Button name="intent" value="enter">
            {words.submit}
          </Button>
        }
      >
        <Button kind="secondary" name="intent" value="back">
          {words.back}
        </Button>
      </Actions>
    </>
  )
}
