import { cache } from 'react'
import type { Search } from '#app/_form/own-echo.ts'
import { Notice } from '#app/_ui/errors.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { viewer } from '#lib/auth/session.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { readLook } from '#lib/schemas/picture-view.ts'
import { pictureWords as words } from '#lib/text/review.ts'
import { casePictures } from '#lib/views/review-pictures.ts'
import { Changed, PictureList, RoundBefore, Said, Viewer } from '../picture-parts.tsx'

interface Props {
  params: Promise<{ caseId: string }>
  searchParams: Search
}

const opened = cache(async (caseId: string, picture: unknown, before: unknown) => {
  const { actor } = await staffPage()
  return found(casePictures(await deps(), actor, caseId, { picture, before }))
})
const viewOf = async ({ params, searchParams }: Props) => {
  // Sign-in may not stand in a frame, and the page around it holds what was typed.
  if (!(await viewer())) return null
  const { picture, before } = await searchParams
  return opened((await params).caseId, picture, before)
}

export async function generateMetadata(props: Props) {
  const view = await viewOf(props)
  return { title: view?.shown?.place ?? (view ? words.title(view.number) : words.login) }
}

/** The pictures beside the answers: this page stands in the frame of the review page, and nowhere else (REV-3, SEC-4). */
export default async function PicturesFramePage(props: Props) {
  const view = await viewOf(props)
  if (!view)
    return (
      <Alone title={words.login}>
        <p>{words.signedOut}</p>
        <a href={paths.login()} target="_blank" rel="noreferrer" className="button button-secondary mt-4">
          {words.login}
        </a>
      </Alone>
    )
  const { shown } = view
  if (!shown)
    return (
      <Alone title={words.title(view.number)}>
        <Notice kind="info">{words.none}</Notice>
      </Alone>
    )
  return (
    <main id="main" tabIndex={-1} className="p-3">
      <div className="flex min-h-[calc(100dvh-1.5rem)] flex-col gap-2">
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
          <h1 className="min-w-0 text-h3">{shown.place}</h1>
          <span className="text-hint text-ink-2 tabular-nums">
            {words.position(shown.number, view.count)}
          </span>
          {shown.changed ? <Changed /> : null}
        </div>
        <RoundBefore view={view} shown={shown} framed />
        <Viewer view={view} shown={shown} framed look={readLook(await props.searchParams)} />
        <Said shown={shown} />
      </div>
      <div className="mt-4 border-t pt-4">
        <PictureList view={view} framed />
      </div>
    </main>
  )
}

const Alone = ({ title, children }: { title: string; children: React.ReactNode }) => (
  <main id="main" tabIndex={-1} className="p-4">
    <h1 className="mb-2 text-h3">{title}</h1>
    {children}
  </main>
)
