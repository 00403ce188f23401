import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { PrintButton } from '#app/_ui/live/print-button.tsx'
import { Page } from '#app/_ui/page.tsx'
import { ResumeForm } from '#app/_ui/resume-form.tsx'
import { paths } from '#lib/paths.ts'
import { issueText } from '#lib/text/issues.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { pdfWords, resumeTemplate, filledResume as words } from '#lib/text/templates.ts'
import { resumeSheet } from '#lib/views/resume.ts'
import { resumeDraft } from '#lib/views/resume-draft.ts'
import { crumbsTo, openDesk } from '../_desk.tsx'

interface Props {
  searchParams: Search
}

const page = paths.collectionResume

export const generateMetadata = async ({ searchParams }: Props) =>
  titled(resumeTemplate.title, await ownEcho(searchParams, page))

/** WRK-4: 会计专业工作简历表 filled in from the rows of who is signed in, in whatever state their collection is. */
export default async function ResumePage({ searchParams }: Props) {
  const { d, actor, desk } = await openDesk()
  const sheet = resumeSheet((await resumeDraft(d, actor)) ?? desk.draft, desk.file.account)
  const echo = await ownEcho(searchParams, page)
  return (
    <Page
      crumbs={crumbsTo(
        { href: paths.collectionStep('employment'), label: sectionWords.employment.title },
        { label: resumeTemplate.title },
      )}
      title={resumeTemplate.title}
      lead={<span className="print:hidden">{words.lead}</span>}
      beside={
        <div className="flex flex-wrap gap-3">
          <PrintButton word={words.print} />
          <LinkButton href={paths.collectionResumePdf}>{pdfWords.download}</LinkButton>
        </div>
      }
    >
      <div className="print:hidden">
        <ErrorList
          issues={(echo?.issues ?? []).map((found) => ({ at: null, text: issueText(found) }))}
          token={echo?.id}
        />
        {sheet.lines.length === 0 ? <Notice kind="info">{words.noRows}</Notice> : null}
      </div>
      <ResumeForm sheet={sheet} />
    </Page>
  )
}
