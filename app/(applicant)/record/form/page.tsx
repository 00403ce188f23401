import { redirect } from 'next/navigation'
import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Button } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Table } from '#app/_ui/table.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { instantWords } from '#lib/text/dates.ts'
import { issueText } from '#lib/text/issues.ts'
import { paperKindWords, receiptWords as words } from '#lib/text/papers.ts'
import { recordWords } from '#lib/text/record.ts'
import { isOnRecord, ownReceipts } from '#lib/views/receipts.ts'
import { makeRecordForm } from './actions.ts'

const page = paths.recordForm()

export const generateMetadata = async ({ searchParams }: { searchParams: Search }) =>
  titled(words.title, await ownEcho(searchParams, page))

/** 打印登记表: making one, and those that were made. */
export default async function RecordFormPage({ searchParams }: { searchParams: Search }) {
  const { actor } = await applicantPage()
  const d = await deps()
  if (!(await isOnRecord(d, actor))) redirect(paths.record)
  const receipts = await ownReceipts(d, actor)
  const echo = await ownEcho(searchParams, page)
  return (
    <Page
      crumbs={[{ href: paths.record, label: recordWords.title }, { label: words.title }]}
      title={words.title}
      lead={words.lead}
    >
      <ErrorList
        issues={(echo?.issues ?? []).map((found) => ({ at: null, text: issueText(found) }))}
        token={echo?.id}
      />
      <form action={makeRecordForm}>
        <Button>{words.make}</Button>
      </form>
      <p className="mt-3 text-hint text-ink-2">{words.unchanged}</p>
      <h2 className="mt-8 mb-4 text-h2">{words.list}</h2>
      {receipts.length === 0 ? (
        <Notice kind="info">
          <p>{words.empty}</p>
        </Notice>
      ) : (
        <Table
          caption={words.list}
          captionHidden
          rowHeader="kind"
          columns={[
            { key: 'kind', label: words.kind },
            { key: 'issuedAt', label: words.issuedAt },
            { key: 'code', label: words.code },
            { key: 'department', label: words.department },
          ]}
          rows={receipts.map(({ code, shown, kind, department, issuedAt }) => ({
            id: code,
            cells: {
              kind: paperKindWords[kind],
              issuedAt: instantWords(issuedAt),
              code: (
                <a href={paths.recordForm(code)} className="inline-flex min-h-target items-center">
                  {shown}
                </a>
              ),
              department,
            },
          }))}
        />
      )}
    </Page>
  )
}
