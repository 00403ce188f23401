/** 我的会计人员信息: the record as approved, and everything that happened to its person's cases. */
import { accountById } from '#db/queries/accounts.ts'
import { departmentFacts } from '#db/queries/case-file.ts'
import { departmentById } from '#db/queries/departments.ts'
import { eventsOfPerson } from '#db/queries/person-events.ts'
import { openRecord } from '#db/queries/records.ts'
import { collection } from '#lib/cases/collection.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { changeSections } from '#lib/domain/changes.ts'
import { dayOf } from '#lib/domain/days.ts'
import { notFound } from '#lib/domain/errors.ts'
import { paths } from '#lib/paths.ts'
import { type AnswerRow, type AnswerSection, answersOf } from '#lib/readers/answers.ts'
import { recordDraft } from '#lib/readers/draft.ts'
import { sectionById } from '#lib/sections/all.ts'
import { eventWords } from '#lib/text/record.ts'
import { registrationAnswers } from '#lib/text/registration.ts'
import { caseKindWords } from '#lib/text/review.ts'
import { pageOfCase, placeOfCase } from './case-pages.ts'

/** The record page by page; null before there is one. */
export async function recordView({ store, keys, clock }: Deps, actor: Applicant) {
  const { read, t } = store
  const held = await openRecord(read, t, keys, actor.id)
  if (!held) return null
  const account = await accountById(read, t, keys, actor.id)
  if (!account) throw notFound()
  const department = await departmentFacts(read, t, held.departmentId)
  const draft = recordDraft({ account, department, ...held }, dayOf(clock.now()))
  const names = { department: department?.fullName ?? '' }
  return {
    approvedAt: held.approvedAt,
    department,
    sections: [
      { answers: registrationAnswers(account), change: paths.accountCorrection },
      ...collection.sections.map((id) => ({
        answers: withoutPictures(
          answersOf(sectionById(id), draft.rows(id), draft.context, draft.files(id), names),
        ),
        // The department changes by a 调转.
        change: changeSections.some((one) => one === id) ? paths.changes(id) : paths.transfers,
      })),
    ],
  }
}

const bare = (row: AnswerRow): AnswerRow => ({ ...row, slots: [], children: row.children.map(bare) })
/** They stand under 信息变更: each shown here would be decoded at every look. */
const withoutPictures = (section: AnswerSection): AnswerSection => ({
  ...section,
  rows: section.rows.map(bare),
  shared: [],
})

type EventKind = keyof typeof eventWords
const isEventKind = (kind: string): kind is EventKind => Object.hasOwn(eventWords, kind)
const perPage = 20

/** 办理记录, newest first, from one event on; nobody of the staff is named. */
export async function recordEvents({ store }: Deps, actor: Applicant, before: string) {
  const { read, t } = store
  const kinds = Object.keys(eventWords)
  const found = await eventsOfPerson(read, t, actor.id, { kinds, before, limit: perPage + 1 })
  const shown = found.slice(0, perPage)
  const names = await namesOf(
    { store },
    shown.map(({ data }) => String(data.department ?? '')),
  )
  return {
    rows: shown.flatMap(({ id, kind, data, at, caseId, caseKind, number, round }) =>
      isEventKind(kind)
        ? [
            {
              id,
              at,
              of: caseKind === null ? null : caseKindWords[caseKind].name,
              what: eventWords[kind]({
                round: Number(data.round ?? 1),
                caseKind: caseKind ?? '',
                department: names.get(String(data.department ?? '')) ?? '',
              }),
              number: number ?? '',
              href:
                caseKind === null || caseId === null
                  ? paths.record
                  : (round ?? 0) > 0
                    ? placeOfCase(caseKind, caseId)
                    : pageOfCase[caseKind],
            },
          ]
        : [],
    ),
    next: found.length > perPage ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** Full names of departments, each asked for once. */
async function namesOf({ store }: Pick<Deps, 'store'>, ids: readonly string[]) {
  const names = new Map<string, string>()
  for (const id of new Set(ids.filter((one) => one !== '')))
    names.set(id, (await departmentById(store.read, store.t, id))?.fullName ?? '')
  return names
}
