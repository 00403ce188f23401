import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { PrintButton } from '#app/_ui/live/print-button.tsx'
import { Page } from '#app/_ui/page.tsx'
import { PaperSheet } from '#app/_ui/paper-sheet.tsx'
import { found } from '#lib/action/found.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantWords } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { receiptWords as words } from '#lib/text/papers.ts'
import { recordWords } from '#lib/text/record.ts'
import { ownReceipt } from '#lib/views/receipts.ts'

interface Props {
  params: Promise<{ code: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  return titled(words.list, await ownEcho(searchParams, paths.recordForm((await params).code)))
}

/** A paper as it was made, of any kind, to print. */
export default async function ReceiptPage({ params, searchParams }: Props) {
  const { actor } = await applicantPage()
  const asked = (await params).code
  const receipt = await found(ownReceipt(await deps(), actor, asked))
  const echo = await ownEcho(searchParams, paths.recordForm(asked))
  return (
    <Page
      crumbs={[
        { href: paths.record, label: recordWords.title },
        { href: paths.recordForm(), label: words.list },
        { label: receipt.shown },
      ]}
      title={receipt.paper.title}
      beside={
        <div className="flex flex-wrap gap-3 print:hidden">
          <PrintButton word={words.print} />
          <LinkButton href={paths.recordFormPdf(receipt.code)}>{words.download}</LinkButton>
        </div>
      }
    >
      <div className="print:hidden">
        <ErrorList
          issues={(echo?.issues ?? []).map((one) => ({ at: null, text: issueText(one) }))}
          token={echo?.id}
        />
        {(await searchParams).done ? <Notice kind="good">{words.ready}</Notice> : null}
      </div>
      <PaperSheet
        paper={receipt.paper}
        foot={{
          code: receipt.shown,
          issued: instantWords(receipt.issuedAt),
          verifyAt: receipt.verifyAt,
          verifyHref: receipt.verifyHref,
        }}
      />
    </Page>
  )
}
