import { LinkButton } from '#app/_ui/buttons.tsx'
import { HelpAside } from '#app/_ui/help.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { viewer } from '#lib/auth/session.ts'
import { paths } from '#lib/paths.ts'
import { templateListWords as words } from '#lib/text/help/words.ts'
import { rosterTemplate } from '#lib/text/rosters.ts'
import { filledResume, pdfWords, resumeTemplate } from '#lib/text/templates.ts'

export const metadata = { title: words.title }

/** 模板下载: every form there is to print. */
export default async function TemplatesPage() {
  const kind = (await viewer())?.actor.kind
  const isApplicant = kind === 'applicant'
  return (
    <Page
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={<HelpAside topic="employment" />}
    >
      <Panel title={resumeTemplate.title}>
        <p className="mb-4 max-w-measure text-ink-2">{words.use.resume}</p>
        <div className="flex flex-wrap gap-3">
          <LinkButton href={paths.template('resume')} about={resumeTemplate.title}>
            {words.open}
          </LinkButton>
          <LinkButton href={paths.templatePdf('resume')} about={resumeTemplate.title}>
            {pdfWords.download}
          </LinkButton>
          {isApplicant ? <LinkButton href={paths.collectionResume}>{filledResume.link}</LinkButton> : null}
        </div>
      </Panel>
      {kind === 'staff' ? (
        <div className="mt-6">
          <Panel title={rosterTemplate.title}>
            <p className="mb-4 max-w-measure text-ink-2">{rosterTemplate.use}</p>
            <LinkButton href={paths.templateCsv('roster')} about={rosterTemplate.title}>
              {rosterTemplate.download}
            </LinkButton>
          </Panel>
        </div>
      ) : null}
    </Page>
  )
}
