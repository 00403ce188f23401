import { cache } from 'react'
import type { Search } from '#app/_form/own-echo.ts'
import { Notice } from '#app/_ui/errors.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { readLook } from '#lib/schemas/picture-view.ts'
import { caseKindWords, queueWords, reviewWords, pictureWords as words } from '#lib/text/review.ts'
import { casePictures } from '#lib/views/review-pictures.ts'
import { Changed, PictureList, ProvenAnswers, RoundBefore, Said, Viewer } from './picture-parts.tsx'

interface Props {
  params: Promise<{ caseId: string }>
  searchParams: Search
}

const opened = cache(async (caseId: string, picture: unknown, before: unknown) => {
  const { actor } = await staffPage()
  return found(casePictures(await deps(), actor, caseId, { picture, before }))
})
const viewOf = async ({ params, searchParams }: Props) => {
  const { picture, before } = await searchParams
  return opened((await params).caseId, picture, before)
}

export async function generateMetadata(props: Props) {
  const { number, shown } = await viewOf(props)
  return { title: [shown?.place ?? '', words.title(number)].filter((part) => part !== '').join(' · ') }
}

/** The pictures of a case in a tab of their own: where the window is too narrow to have them beside the answers (REV-3). */
export default async function PicturesPage(props: Props) {
  const view = await viewOf(props)
  const { shown } = view
  const crumbs = [
    { href: paths.review(), label: queueWords.title },
    {
      href: paths.reviewCase(view.caseId),
      label: reviewWords.title(caseKindWords[view.kind].review, view.number),
    },
    { label: reviewWords.pictures },
  ]
  const title = shown?.place ?? words.title(view.number)
  if (!shown)
    return (
      <Page crumbs={crumbs} title={title}>
        <Notice kind="info">{words.none}</Notice>
      </Page>
    )
  return (
    <Page
      width="wide"
      crumbs={crumbs}
      title={title}
      beside={
        <span className="flex flex-wrap items-center gap-3">
          {shown.changed ? <Changed /> : null}
          <span className="text-ink-2 tabular-nums">{words.position(shown.number, view.count)}</span>
        </span>
      }
      aside={<PictureList view={view} framed={false} />}
    >
      <RoundBefore view={view} shown={shown} framed={false} />
      <Viewer view={view} shown={shown} framed={false} look={readLook(await props.searchParams)} />
      <div className="mt-6 space-y-6">
        <Said shown={shown} />
        <ProvenAnswers view={view} shown={shown} />
      </div>
    </Page>
  )
}
