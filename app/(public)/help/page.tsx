import { Button } from '#app/_ui/buttons.tsx'
import { Marks } from '#app/_ui/help.tsx'
import { Page } from '#app/_ui/page.tsx'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { longestQuery } from '#lib/readers/help-search.ts'
import { helpWords as words } from '#lib/text/help/words.ts'
import { helpIndex, helpSearchView, type ShownHit } from '#lib/views/help.ts'
import { Unanswered } from './unanswered.tsx'

interface Props {
  searchParams: Promise<{ q?: string | string[] }>
}

export async function generateMetadata({ searchParams }: Props) {
  const search = helpSearchView(await deps(), (await searchParams).q)
  return { title: search ? `${words.searched(search.query)} · ${words.title}` : words.title }
}

/** 帮助中心 (HLP-1): a search that needs no script, and every question by topic. */
export default async function HelpPage({ searchParams }: Props) {
  const search = helpSearchView(await deps(), (await searchParams).q)
  return (
    <Page
      crumbs={
        search
          ? [{ href: paths.help(), label: words.title }, { label: words.searched(search.query) }]
          : [{ label: words.title }]
      }
      title={words.title}
      lead={words.lead}
      aside={<Unanswered />}
    >
      <search>
        <form action={paths.help()} method="get" className="mb-8 max-w-measure">
          <label htmlFor="q" className="mb-1 block font-semibold">
            {words.search}
          </label>
          <p id="q-hint" className="mb-1.5 text-hint text-ink-3">
            {words.searchHint}
          </p>
          <div className="flex flex-wrap gap-3">
            <input
              id="q"
              name="q"
              type="search"
              maxLength={longestQuery}
              defaultValue={search?.query}
              aria-describedby="q-hint"
              className="control min-w-0 flex-1 basis-48"
            />
            <Button>{words.submit}</Button>
          </div>
        </form>
      </search>
      {search ? <Found query={search.query} hits={search.hits} /> : null}
      {search && search.hits.length > 0 ? (
        <p className="mt-8">
          <a href={paths.help()}>{words.clear}</a>
        </p>
      ) : (
        <Topics titled={search !== null} />
      )}
    </Page>
  )
}

function Found({ query, hits }: { query: string; hits: readonly ShownHit[] }) {
  if (hits.length === 0)
    return (
      <section aria-labelledby="found" className="mb-8">
        <h2 id="found" className="text-h2">
          {words.none(query)}
        </h2>
        <p className="mt-2 max-w-measure text-ink-2">{words.noneText}</p>
      </section>
    )
  return (
    <section aria-labelledby="found">
      <h2 id="found" className="mb-2 text-h2">
        {words.found(hits.length)}
      </h2>
      <ol>
        {hits.map(({ href, topic, question, snippet }) => (
          <li key={href} className="border-b py-4 last:border-b-0">
            <h3 className="text-h3">
              <a href={href}>
                <Marks of={question} />
              </a>
            </h3>
            <p className="mt-1 max-w-measure text-ink-2">
              <Marks of={snippet} />
            </p>
            <p className="mt-1 text-hint text-ink-3">{topic}</p>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Topics({ titled }: { titled: boolean }) {
  const Heading = titled ? 'h3' : 'h2'
  return (
    <>
      {titled ? <h2 className="mb-4 text-h2">{words.topics}</h2> : null}
      <ul className="grid gap-x-8 gap-y-6 sm:grid-cols-2">
        {helpIndex().map(({ href, label, questions }) => (
          <li key={href}>
            <Heading className="border-b pb-1 text-h3">
              <a href={href} className="inline-flex min-h-target items-center no-underline hover:underline">
                {label}
              </a>
            </Heading>
            <ul>
              {questions.map((question) => (
                <li key={question.href}>
                  <a
                    href={question.href}
                    className="flex min-h-target items-center py-1 no-underline hover:underline"
                  >
                    {question.label}
                  </a>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </>
  )
}
