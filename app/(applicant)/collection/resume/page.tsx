import { Notice } from '#app/_ui/errors.tsx'
import { PrintButton } from '#app/_ui/live/print-button.tsx'
import { Page } from '#app/_ui/page.tsx'
import { ResumeForm } from '#app/_ui/resume-form.tsx'
import { paths } from '#lib/paths.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { resumeTemplate, filledResume as words } from '#lib/text/templates.ts'
import { resumeSheet } from '#lib/views/resume.ts'
import { crumbsTo, openDesk } from '../_desk.tsx'

export const metadata = { title: resumeTemplate.title }

/** WRK-4: 会计专业工作简历表 filled in from the rows of who is signed in, in whatever state their collection is. */
export default async function ResumePage() {
  const { desk } = await openDesk()
  const sheet = resumeSheet(desk.draft, desk.file.account)
  return (
    <Page
      crumbs={crumbsTo(
        { href: paths.collectionStep('employment'), label: sectionWords.employment.title },
        { label: resumeTemplate.title },
      )}
      title={resumeTemplate.title}
      lead={<span className="print:hidden">{words.lead}</span>}
      beside={<PrintButton word={words.print} />}
    >
      {sheet.lines.length === 0 ? (
        <div className="print:hidden">
          <Notice kind="info">{words.noRows}</Notice>
        </div>
      ) : null}
      <ResumeForm sheet={sheet} />
    </Page>
  )
}
