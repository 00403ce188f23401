import type { ReactNode } from 'react'
import { PicturesFrame } from '#app/_ui/live/pictures-frame.tsx'
import { paths } from '#lib/paths.ts'
import { reviewWords } from '#lib/text/review.ts'
import type { ReviewCase } from '#lib/views/review-case.ts'

/** What is judged, and in a wide window its pictures at the right, which stay in sight (REV-3). */
export function BesidePictures({ view, children }: { view: ReviewCase; children: ReactNode }) {
  if (!view.sections.some(({ pictures, picturesGone }) => pictures.length > 0 && !picturesGone))
    return children
  return (
    <div className="gap-8 xl:grid xl:grid-cols-[minmax(0,11fr)_minmax(0,9fr)]">
      <div className="min-w-0">{children}</div>
      <div className="sticky top-4 hidden h-[calc(100dvh-2rem)] self-start xl:block print:hidden">
        <PicturesFrame src={paths.reviewPicturesFrame(view.caseId)} title={reviewWords.pictures} />
      </div>
    </div>
  )
}
