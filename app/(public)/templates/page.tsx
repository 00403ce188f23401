import { LinkButton } from '#app/_ui/buttons.tsx'
import { HelpAside } from '#app/_ui/help.tsx'
import { Page } from '#app/_ui/page.tsx'
import { Panel } from '#app/_ui/panel.tsx'
import { paths } from '#lib/paths.ts'
import { templateListWords as words } from '#lib/text/help/words.ts'
import { resumeTemplate } from '#lib/text/templates.ts'

export const metadata = { title: words.title }

/** 模板下载: every form there is to print. */
export default function TemplatesPage() {
  return (
    <Page
      crumbs={[{ label: words.title }]}
      title={words.title}
      lead={words.lead}
      aside={<HelpAside topic="employment" />}
    >
      <Panel title={resumeTemplate.title}>
        <p className="mb-4 max-w-measure text-ink-2">{words.use.resume}</p>
        <LinkButton href={paths.template('resume')} about={resumeTemplate.title}>
          {words.open}
        </LinkButton>
      </Panel>
    </Page>
  )
}
