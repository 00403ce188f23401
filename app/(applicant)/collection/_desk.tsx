import { redirect } from 'next/navigation'
import type { Search } from '#app/_form/own-echo.ts'
import { Button } from '#app/_ui/buttons.tsx'
import { Steps } from '#app/_ui/steps.tsx'
import { echoOf, withEcho } from '#lib/action/echo.ts'
import { applicantPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { paths } from '#lib/paths.ts'
import { materials, outcomeWords, collectionWords as words } from '#lib/text/collection.ts'
import { sectionWords } from '#lib/text/sections.ts'
import { type CollectionStep, collectionDesk, type Desk } from '#lib/views/collection.ts'

export const stepTitle = (step: CollectionStep) =>
  step === 'outcome' ? outcomeWords.title : sectionWords[step].title

/** The applicant's open desk; who has not begun, or not proven who they are, is led there first (IDV-1). */
export async function openDesk() {
  const { actor, account } = await applicantPage()
  if (account.identityState !== 'verified') redirect(paths.identity)
  const d = await deps()
  const desk = await collectionDesk(d, actor)
  if (!desk) redirect(paths.collection)
  return { d, actor, desk }
}

/** The echo of this page, if it was sent back here. */
export const echoFor = async (search: Search) => echoOf((await search).echo)

/** `current` is null on a page that is none of the steps. */
export function StepList({ desk, current }: { desk: Desk; current: CollectionStep | null }) {
  return (
    <Steps
      steps={desk.steps.map(({ step, standing, optional }) => ({
        href: paths.collectionStep(step),
        label: stepTitle(step),
        // Once sent, every page of the wizard is to be read on the last one.
        standing: desk.editable || step === 'outcome' ? standing : 'locked',
        optional,
        current: step === current,
      }))}
    >
      {desk.editable ? (
        <p className="mt-2 text-hint">
          <a href={paths.collectionMaterials} className="inline-flex min-h-target items-center px-4 lg:px-2">
            {materials.link}
          </a>
        </p>
      ) : null}
    </Steps>
  )
}

/** 审核告知 in place of a page that cannot be edited now, with what a refused save has to say. */
export const outcomeWith = (echo: string | string[] | undefined) =>
  typeof echo === 'string'
    ? `${withEcho(paths.collectionStep('outcome'), echo)}#errors`
    : paths.collectionStep('outcome')

export const crumbsTo = (...labels: { href?: string; label: string }[]) => [
  { href: paths.collection, label: words.title },
  ...labels,
]

/** 下一步、上一步、保存并退出 at the foot of a page. */
export function StepButtons({ first = false }: { first?: boolean }) {
  return (
    <>
      {first ? null : (
        <Button kind="secondary" name="intent" value="previous">
          {words.previous}
        </Button>
      )}
      <Button kind="quiet" name="intent" value="exit">
        {words.saveExit}
      </Button>
    </>
  )
}
