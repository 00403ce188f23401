import { AnswersView } from '#app/_ui/answers.tsx'
import { Badge } from '#app/_ui/badge.tsx'
import { LinkButton } from '#app/_ui/buttons.tsx'
import { Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { paths } from '#lib/paths.ts'
import { maskedFor } from '#lib/readers/mask.ts'
import { changeWords as words } from '#lib/text/changes.ts'
import { caseStateWords } from '#lib/text/collection.ts'
import { instantWords } from '#lib/text/dates.ts'
import { changeMarks, changeRecord } from '#lib/views/changes.ts'
import { changesPage, crumbsTo, PageList, pageOf } from '../../../_frame.tsx'

interface Props {
  params: Promise<{ page: string; caseId: string }>
}

const recordOf = async (params: Props['params']) => {
  const page = await pageOf(params)
  const { d, actor } = await changesPage()
  return { d, actor, page, view: await found(changeRecord(d, actor, page, (await params).caseId)) }
}

export async function generateMetadata({ params }: Props) {
  const { view } = await recordOf(params)
  return { title: `${words.record.title(view.number)} · ${words.title}` }
}

/** 详情 of a change: the page as it was sent, what it changes struck, in red and in words (CHG-3). */
export default async function RecordPage({ params }: Props) {
  const { d, actor, page, view } = await recordOf(params)
  const list = paths.changes(page, { tab: 'records' })
  return (
    <Page
      width="wide"
      crumbs={crumbsTo({ href: list, label: words.pages[page] }, { label: words.record.title(view.number) })}
      title={words.record.title(view.number)}
      lead={words.record.lead}
      beside={<Badge tone={view.state === 'approved' ? 'good' : 'quiet'}>{caseStateWords[view.state]}</Badge>}
      side={<PageList current={page} marks={await changeMarks(d, actor)} />}
    >
      <dl className="mb-6 grid gap-x-6 gap-y-1 sm:grid-cols-2">
        <Fact label={words.list.submitted} value={instantWords(view.submittedAt)} />
        <Fact label={words.list.reviewWay} value={view.byRule ? words.list.byRule : words.list.byPerson} />
        <Fact label={words.list.kind} value={words.pages[page]} />
        <Fact
          label={words.list.way}
          value={[...new Set(view.ways.values())].map((way) => words.list.ways[way]).join('、')}
        />
      </dl>
      {view.reasons.length > 0 ? (
        <Notice kind="warn" title={words.record.reasons}>
          <ul className="list-disc pl-5">
            {view.reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </Notice>
      ) : null}
      <AnswersView section={view.answers} audience="reviewer" changed={view.changed} fileHref={paths.file} />
      {view.removed.length > 0 ? (
        <div className="mb-6 border-l-4 border-bad pl-4">
          <h2 className="text-h3">{words.record.removed}</h2>
          <ul>
            {view.removed.map(({ label, before, mask }) => (
              <li key={`${label}${before}`} className="text-hint">
                {label}
                {before === '' ? null : <del className="ml-2">{maskedFor('reviewer', mask, before)}</del>}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <LinkButton href={list}>{words.records}</LinkButton>
    </Page>
  )
}

const Fact = ({ label, value }: { label: string; value: string }) => (
  <div className="flex flex-wrap gap-x-3">
    <dt className="text-ink-2">{label}</dt>
    <dd>{value}</dd>
  </div>
)
