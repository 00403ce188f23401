import { notFound } from 'next/navigation'
import { Answer } from '#app/_ui/help.tsx'
import { Page } from '#app/_ui/page.tsx'
import { AsidePanel } from '#app/_ui/panel.tsx'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { helpWords as words } from '#lib/text/help/words.ts'
import { helpTopicView } from '#lib/views/help.ts'
import { Unanswered } from '../unanswered.tsx'

interface Props {
  params: Promise<{ topic: string }>
}

const topicOf = async (params: Props['params']) =>
  helpTopicView(await deps(), (await params).topic) ?? notFound()

export async function generateMetadata({ params }: Props) {
  return { title: `${(await topicOf(params)).title} · ${words.title}` }
}

/** The questions of one topic, each with an address of its own (HLP-1). */
export default async function HelpTopicPage({ params }: Props) {
  const { title, lead, questions, others } = await topicOf(params)
  return (
    <Page
      crumbs={[{ href: paths.help(), label: words.title }, { label: title }]}
      title={title}
      lead={lead}
      aside={
        <>
          <Unanswered />
          <AsidePanel title={words.otherTopics}>
            <ul>
              {others.map(({ href, label }) => (
                <li key={href}>
                  <a href={href} className="flex min-h-target items-center">
                    {label}
                  </a>
                </li>
              ))}
            </ul>
          </AsidePanel>
        </>
      }
    >
      <nav aria-labelledby="on-this-page" className="rounded-md border bg-panel p-4 print:hidden">
        <h2 id="on-this-page" className="text-h3">
          {words.onThisPage}
        </h2>
        <ul className="mt-1">
          {questions.map(({ id, question }) => (
            <li key={id}>
              <a href={`#${id}`} className="flex min-h-target items-center py-1">
                {question}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {questions.map(({ id, question, answer }) => (
        <section
          key={id}
          id={id}
          aria-labelledby={`${id}-title`}
          className="-mx-4 scroll-mt-4 border-b px-4 py-6 last:border-b-0 target:bg-brand-soft"
        >
          <h2 id={`${id}-title`} className="mb-2 text-h2">
            {question}
          </h2>
          <Answer blocks={answer} />
          <p className="mt-3 text-hint">
            <a href="#on-this-page">{words.back}</a>
          </p>
        </section>
      ))}
    </Page>
  )
}
