import { notFound, redirect } from 'next/navigation'
import { type Search, titled } from '#app/_form/own-echo.ts'
import { sectionById } from '#lib/sections/all.ts'
import { collectionWords } from '#lib/text/collection.ts'
import { deskOnceChecked } from '#lib/views/checks-fate.ts'
import { type CollectionStep, isCollectionStep } from '#lib/views/collection.ts'
import { echoFor, openDesk, outcomeWith, stepTitle } from '../_desk.tsx'
import { FormStep } from './form-step.tsx'
import { ListStep } from './list-step.tsx'
import { OutcomeStep } from './outcome-step.tsx'

/** How long the page waits for the machine checks, so that most people see what came of them at once. */
const patienceMs = 2500

interface Props {
  params: Promise<{ step: string }>
  searchParams: Search
}

const stepOf = async (params: Props['params']): Promise<CollectionStep> => {
  const { step } = await params
  return isCollectionStep(step) ? step : notFound()
}

export async function generateMetadata({ params, searchParams }: Props) {
  const echo = await echoFor(searchParams)
  const title = `${stepTitle(await stepOf(params))} · ${collectionWords.title}`
  return titled(title, echo)
}

/** One page of the wizard; the shape of its section says which kind. */
export default async function StepPage({ params, searchParams }: Props) {
  const step = await stepOf(params)
  const { d, actor, desk } = await openDesk()
  const echo = await echoFor(searchParams)
  const { done } = await searchParams
  if (step === 'outcome') {
    const waits = done === 'submitted' || done === 'refreshed'
    const now = waits ? await deskOnceChecked(d, actor, desk, patienceMs) : desk
    return <OutcomeStep d={d} desk={now} echo={echo} done={done} />
  }
  if (!desk.editable) redirect(outcomeWith((await searchParams).echo))
  return sectionById(step).shape === 'form' ? (
    <FormStep d={d} actor={actor} desk={desk} section={step} echo={echo} done={done} />
  ) : (
    <ListStep desk={desk} section={step} echo={echo} done={done} />
  )
}
