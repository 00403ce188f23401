import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button, LinkButton } from '#app/_ui/buttons.tsx'
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
import { paperKindWords, receiptWords, examPaperWords as words } from '#lib/text/papers.ts'
import { ownExamPaper } from '#lib/views/exam-paper.ts'
import { makeExamPaper } from './actions.ts'

interface Props {
  params: Promise<{ sessionId: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  const page = paths.examForm((await params).sessionId)
  return titled(paperKindWords.exam, await ownEcho(searchParams, page))
}

/** 报名信息表 (EXM-3): made once it is 报名成功, then to print; later changes of the record are not in it. */
export default async function ExamFormPage({ params, searchParams }: Props) {
  const { actor } = await applicantPage()
  const { sessionId } = await params
  const { title, isPaid, receipt } = await found(ownExamPaper(await deps(), actor, sessionId))
  const echo = await ownEcho(searchParams, paths.examForm(sessionId))
  return (
    <Page
      crumbs={[{ href: paths.exam(sessionId), label: title }, { label: paperKindWords.exam }]}
      title={paperKindWords.exam}
      beside={
        receipt ? (
          <div className="flex flex-wrap gap-3 print:hidden">
            <PrintButton word={receiptWords.print} />
            <LinkButton href={paths.recordFormPdf(receipt.code)}>{receiptWords.download}</LinkButton>
          </div>
        ) : undefined
      }
    >
      <div className="print:hidden">
        <ErrorList
          issues={(echo?.issues ?? []).map((one) => ({ at: null, text: issueText(one) }))}
          token={echo?.id}
        />
        {(await searchParams).done && receipt ? <Notice kind="good">{receiptWords.ready}</Notice> : null}
        {isPaid ? (
          <p className="mb-6 max-w-measure text-ink-2">{words.lead}</p>
        ) : (
          <Notice kind="info" title={words.notYet}>
            <p>{words.notYetText}</p>
            <LinkButton href={paths.exam(sessionId)}>{words.toEntry}</LinkButton>
          </Notice>
        )}
        {isPaid && !receipt ? (
          <form action={makeExamPaper}>
            <input type="hidden" name="session" value={sessionId} />
            <Button>{words.make}</Button>
          </form>
        ) : null}
      </div>
      {receipt ? (
        <PaperSheet
          paper={receipt.paper}
          foot={{
            code: receipt.shown,
            issued: instantWords(receipt.issuedAt),
            verifyAt: receipt.verifyAt,
            verifyHref: receipt.verifyHref,
          }}
        />
      ) : null}
    </Page>
  )
}
