import { notFound } from 'next/navigation'
import { AnswersView } from '#app/_ui/answers.tsx'
import { Page } from '#app/_ui/page.tsx'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { caseStateWords, collectionWords, outcomeWords } from '#lib/text/collection.ts'
import { checkAnswers, collectionDesk } from '#lib/views/collection.ts'

interface Props {
  params: Promise<{ caseId: string }>
}

export const metadata = { title: `${outcomeWords.print} · ${collectionWords.title}` }

/** The whole collection on A4, for the person's own papers. */
export default async function PrintPage({ params }: Props) {
  const { actor } = await applicantPage()
  const { caseId } = await params
  const desk = await collectionDesk(await deps(), actor)
  if (!desk || desk.file.case.id !== caseId) notFound()
  const { number, state } = desk.file.case
  return (
    <Page
      crumbs={[
        { href: paths.collectionStep('outcome'), label: outcomeWords.title },
        { label: outcomeWords.print },
      ]}
      title={collectionWords.title}
      lead={[
        number ? `${outcomeWords.number} ${number}` : '',
        `${outcomeWords.state} ${caseStateWords[state]}`,
      ]
        .filter(Boolean)
        .join(' · ')}
    >
      {checkAnswers(desk).map((section) => (
        <AnswersView key={section.section} section={section} audience="print" fileHref={paths.file} />
      ))}
    </Page>
  )
}
