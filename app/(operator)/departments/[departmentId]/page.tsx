import { ownEcho, type Search, titled } from '#app/_form/own-echo.ts'
import { Badge } from '#app/_ui/badge.tsx'
import { ErrorList, Notice } from '#app/_ui/errors.tsx'
import { FactList } from '#app/_ui/facts.tsx'
import { Page } from '#app/_ui/page.tsx'
import { found } from '#lib/action/found.ts'
import { staffPage } from '#lib/auth/pages.ts'
import { deps } from '#lib/deps.ts'
import { newSecret } from '#lib/ids.ts'
import { paths } from '#lib/paths.ts'
import {
  departmentKindWords,
  departmentState,
  departmentsWords,
  departmentWords as words,
} from '#lib/text/departments.ts'
import { departmentView } from '#lib/views/department.ts'
import { departmentForm, proofWord } from '#lib/views/department-form.ts'
import { departmentCrumbs } from '../_crumbs.ts'
import { AddBeneath, Closing, EditFacts, NoteTemplates, ProvinceRules, Rename, Reopening } from './panels.tsx'

interface Props {
  params: Promise<{ departmentId: string }>
  searchParams: Search
}

export async function generateMetadata({ params, searchParams }: Props) {
  const echo = await ownEcho(searchParams, paths.department((await params).departmentId))
  return titled(departmentsWords.title, echo)
}

/** One department (ADM-1): its facts, its forms, and what is beneath. */
export default async function DepartmentPage({ params, searchParams }: Props) {
  const { actor } = await staffPage()
  const { departmentId } = await params
  const view = await found(departmentView(await deps(), actor, departmentId))
  const echo = await ownEcho(searchParams, paths.department(departmentId))
  const form = departmentForm(echo)
  const asked = (await searchParams).done
  const done = typeof asked === 'string' ? departmentsWords.done[asked] : undefined
  return (
    <Page
      crumbs={departmentCrumbs(view.chain)}
      title={view.name}
      beside={
        <Badge tone={view.active ? 'good' : 'quiet'}>
          {departmentState(view.active, view.mergedInto !== null)}
        </Badge>
      }
    >
      <ErrorList issues={form.issues} token={echo?.id} />
      {done ? <Notice kind="good">{done}</Notice> : null}
      <Standing view={view} />
      <div className="mb-6">
        <FactList
          facts={[
            [words.facts.fullName, view.fullName],
            [words.facts.kind, departmentKindWords[view.kind]],
            [words.facts.phone, view.phone || departmentsWords.unset],
            [words.facts.address, view.address || departmentsWords.unset],
            [words.facts.hours, view.hours || departmentsWords.unset],
            [words.facts.days, departmentsWords.days(view.reviewDays)],
            [
              words.facts.proofs,
              <ul key="proofs">
                {view.proofs.map((kind) => (
                  <li key={kind}>{proofWord(kind)}</li>
                ))}
              </ul>,
            ],
            [words.facts.staff, words.staffed(view.staff.reviewers, view.staff.managers)],
          ]}
        />
        <p className="mt-3 flex flex-wrap gap-x-6">
          <a href={paths.staff()} className="inline-flex min-h-target items-center">
            {words.staffLink}
          </a>
          {view.hasBeneath ? (
            <a href={paths.departments({ under: view.id })} className="inline-flex min-h-target items-center">
              {words.below}
            </a>
          ) : null}
        </p>
      </div>
      <div className="space-y-6">
        {view.active ? (
          <>
            <EditFacts key={`edit-${echo?.id}`} view={view} form={form} />
            <ProvinceRules key={`rules-${echo?.id}`} view={view} form={form} />
            <NoteTemplates key={`templates-${echo?.id}`} view={view} form={form} />
            <Rename key={`rename-${echo?.id}`} view={view} form={form} />
            {view.kindsBeneath.length > 0 ? (
              <AddBeneath key={`add-${echo?.id}`} view={view} form={form} turn={newSecret()} />
            ) : null}
            {view.mayClose ? <Closing view={view} /> : null}
          </>
        ) : null}
        {!view.active && view.mayClose ? <Reopening view={view} /> : null}
      </div>
    </Page>
  )
}

function Standing({ view }: { view: Awaited<ReturnType<typeof departmentView>> }) {
  if (view.isUnattended) return <Notice kind="warn">{words.unattended}</Notice>
  if (view.active) return null
  return (
    <Notice kind="info">
      <p>{view.mergedInto === null ? words.neverOpen : words.closedInto(view.mergedInto)}</p>
      {view.left ? <p>{words.moving(view.left.people, view.left.cases)}</p> : null}
    </Notice>
  )
}
