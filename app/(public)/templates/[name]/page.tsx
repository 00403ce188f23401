import { notFound } from 'next/navigation'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { Page } from '#app/_ui/page.tsx'
import { ResumeForm } from '#app/_ui/resume-form.tsx'
import { paths } from '#lib/paths.ts'
import { pdfWords, resumeTemplate as words } from '#lib/text/templates.ts'

interface Props {
  params: Promise<{ name: string }>
}

export const metadata = { title: words.title }

/** 模板下载: the empty 会计专业工作简历表, a page that prints on A4. */
export default async function TemplatePage({ params }: Props) {
  if ((await params).name !== 'resume') notFound()
  return (
    <Page
      crumbs={[{ href: paths.templates, label: words.crumb }, { label: words.title }]}
      title={words.title}
      lead={<span className="print:hidden">{words.lead}</span>}
      beside={<LinkButton href={paths.templatePdf('resume')}>{pdfWords.download}</LinkButton>}
    >
      <ResumeForm />
    </Page>
  )
}
