import { redirect } from 'next/navigation'
import { Badge } from '#app/_ui/badge.tsx'
import { Actions, Button } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FieldInput } from '#app/_ui/fields.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel, Panel } from '#app/_ui/panel.tsx'
import { SaveFirst, SlotPanel } from '#app/_ui/slot.tsx'
import { echoOf } from '#lib/action/echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { caseStateWords, collectionWords, outcomeWords } from '#lib/text/collection.ts'
import { identityPictureWords as words } from '#lib/text/identity-pictures.ts'
import { issueText } from '#lib/text/issues.ts'
import { errorWords } from '#lib/text/ui.ts'
import { mainRowOf, returnedIssues, rowView } from '#lib/views/collection.ts'
import { identityDesk } from '#lib/views/identity-pictures.ts'
import { shownIssues } from '#lib/views/issues-shown.ts'
import { formKey, revOf, typedOf } from '../../_kept.ts'
import { agree, removePicture, send, withdraw } from './actions.ts'

type Search = Promise<Record<string, string | string[] | undefined>>

export async function generateMetadata({ searchParams }: { searchParams: Search }) {
  const echo = await echoOf((await searchParams).echo)
  return { title: echo && echo.issues.length > 0 ? `${errorWords.prefix}${words.title}` : words.title }
}

/** 线上实名认证 (IDV-3): consent, three pictures, the city; then what its department says. */
export default async function IdentityPicturesPage({ searchParams }: { searchParams: Search }) {
  const { actor, account } = await applicantPage()
  if (account.identityState === 'verified') redirect(paths.identity)
  const echo = await echoOf((await searchParams).echo)
  const d = await deps()
  const { desk, consented, last, withdrawable } = await identityDesk(d, actor)
  const frame = {
    crumbs: [
      { href: paths.home, label: collectionWords.home },
      { href: paths.identity, label: words.parent },
      { label: words.title },
    ],
    title: words.title,
    lead: words.lead,
    aside: (
      <AsidePanel title={words.rulesTitle}>
        <ul className="list-disc space-y-1 pl-5">
          {words.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </AsidePanel>
    ),
  }
  if (!desk || !consented)
    return (
      <Page {...frame}>
        {last?.state === 'refused' ? (
          <Notice kind="bad" title={words.refused}>
            {last.note}
          </Notice>
        ) : null}
        <form action={agree}>
          <Panel title={words.consent.title}>
            <p className="mb-4 max-w-measure">{words.consent.text(d.env.limits.identityPictureDays)}</p>
            <Button>{last?.state === 'refused' ? words.again : words.consent.go}</Button>
          </Panel>
        </form>
      </Page>
    )
  const stored = mainRowOf(desk, 'identity')
  const row = rowView(desk, 'identity', stored, typedOf(echo, 'identity', stored), echo?.issues ?? [])
  const returned = returnedIssues(desk, 'identity')
  return (
    <Page {...frame} beside={<Badge tone="info">{caseStateWords[desk.file.case.state]}</Badge>}>
      {echo?.notice === 'signed-out' ? <Notice kind="warn">{collectionWords.signedOutKept}</Notice> : null}
      <ErrorList issues={echo ? shownIssues(row.fields, row.slots, row.others) : []} token={echo?.id} />
      {returned.length > 0 ? (
        <Notice kind="warn" title={outcomeWords.returnedTitle}>
          <ul className="list-disc pl-5">
            {returned.map((found) => (
              <li key={issueText(found)}>{issueText(found)}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      {desk.editable ? (
        <>
          <SaveFirst />
          {row.slots.map((slot) => (
            <SlotPanel
              key={slot.at}
              slot={slot}
              remove={removePicture}
              hidden={{ case: desk.file.case.id }}
            />
          ))}
          <form key={formKey(echo, stored)} action={send} noValidate>
            <input type="hidden" name="case" value={desk.file.case.id} />
            <input type="hidden" name="row" value={row.rowId} />
            <input type="hidden" name="rev" value={revOf(echo, stored)} />
            {row.fields.map((field) => (
              <FieldInput key={field.name} field={field} />
            ))}
            <Actions primary={<Button>{words.submit}</Button>} />
          </form>
        </>
      ) : (
        <>
          <Notice kind="info" title={words.waiting} />
          {withdrawable ? (
            <form action={withdraw}>
              <input type="hidden" name="case" value={desk.file.case.id} />
              <p className="mb-3 text-ink-2">{outcomeWords.withdrawNote}</p>
              <Button kind="secondary">{outcomeWords.withdraw}</Button>
            </form>
          ) : null}
        </>
      )}
    </Page>
  )
}
