/** The pictures of a round, one at a time (REV-3). Showing the page is no look: fetching the picture is, and writes it down (REV-6). */
import { openBase, openFacts, openSnapshot } from '#db/queries/cases.ts'
import { picturesHeld } from '#db/queries/files.ts'
import type { Deps } from '#lib/deps.ts'
import type { Staff } from '#lib/domain/actor.ts'
import type { AnswerRow, AnswerSection } from '#lib/readers/answers.ts'
import { diffAnswers } from '#lib/readers/diff.ts'
import type { Audience } from '#lib/readers/mask.ts'
import { sectionOf } from '#lib/readers/snapshot.ts'
import { neighbours, readPosition } from '#lib/schemas/picture-view.ts'
import { sharedRow } from '#lib/sections/define.ts'
import { openReview, roundBefore } from './review-case.ts'
import { type ClaimView, factViews, numbered, type PictureView, picturesOf } from './review-section.ts'

/** The picture itself; the round may keep only its name. */
interface HeldPicture {
  readonly fileId: string
  /** Pixels, as it is stored. */
  readonly width: number
  readonly height: number
}

interface AskedPicture {
  readonly picture?: unknown
  readonly before?: unknown
}

const withRow = (rows: readonly AnswerRow[], rowId: string): AnswerRow | undefined =>
  rows.find(({ id }) => id === rowId) ??
  rows.flatMap(({ children }) => children).find(({ id }) => id === rowId)

/** What the row of a picture says, without pictures; null for pictures of a whole list. */
function answersAround(section: AnswerSection, rowId: string): AnswerSection | null {
  const row = withRow(section.rows, rowId)
  return row ? { ...section, shared: [], rows: [{ ...row, slots: [], children: [] }] } : null
}

const filesAt = (section: AnswerSection | undefined, rowId: string, slot: string): readonly string[] => {
  const slots = rowId === sharedRow ? section?.shared : withRow(section?.rows ?? [], rowId)?.slots
  return slots?.find((one) => one.slot === slot)?.files ?? []
}

const placeOf = (title: string, { group, label }: PictureView) =>
  [group === '' ? title : group, label].join(' · ')

/**
 * `picture` is the place of one among all of the round, `before` of one that stood there in the round compared with; without
 * a place it opens on the first that changed, or on the first. `not-found` outside the scope, as the case itself.
 */
export async function casePictures(deps: Deps, actor: Staff, caseId: string, asked: AskedPicture = {}) {
  const { file, rounds, current } = await openReview(deps, actor, caseId)
  const earlier = roundBefore(rounds, current)
  const snapshot = openSnapshot(deps.keys, current)
  // A 信息变更 is judged against the record it was made from, whatever round it is.
  const base = openBase(deps.keys, current)
  const old = base ? { sections: [base] } : earlier ? openSnapshot(deps.keys, earlier) : null
  const facts = openFacts(deps.keys, current)
  const sections = numbered(
    snapshot.sections.map((answers) => ({
      answers,
      pictures: picturesOf(
        answers,
        old && (!base || base.section === answers.section)
          ? diffAnswers(sectionOf(old, answers.section), answers)
          : [],
        factViews(facts, answers, []),
      ),
    })),
  )
  const all = sections.flatMap(({ pictures }) => pictures)
  const position =
    readPosition(asked.picture, all.length) ?? (all.find(({ changed }) => changed) ?? all[0])?.number ?? 0
  const section = sections.find(({ pictures }) => pictures.some(({ number }) => number === position))
  const picture = section?.pictures.find(({ number }) => number === position)

  const shown = async () => {
    if (!section || !picture) return null
    const { answers } = section
    const { rowId, slot, fileId } = picture
    const now = filesAt(answers, rowId, slot)
    const former =
      old && picture.changed
        ? filesAt(sectionOf(old, answers.section), rowId, slot).filter((id) => !now.includes(id))
        : []
    const held = await picturesHeld(deps.store.read, deps.store.t, caseId, [fileId, ...former])
    const kept = former.filter((id) => held.some((one) => one.id === id))
    const before = readPosition(asked.before, kept.length) ?? 0
    const wanted = before === 0 ? fileId : kept[before - 1]
    const found = held.find(({ id }) => id === wanted)
    const claims = file.claims.filter(
      (claim) => claim.round === current.round && claim.section === answers.section && claim.rowId === rowId,
    )
    return {
      number: position,
      place: placeOf(answers.title, picture),
      changed: picture.changed,
      ...neighbours(position, all.length),
      held: found
        ? ({ fileId: found.id, width: found.width, height: found.height } satisfies HeldPicture)
        : null,
      /** How many of the round before stood here and are still kept. */
      former: kept.length,
      /** Which of them is shown; 0 for the present picture. */
      before,
      // What machines say is said of this round.
      facts: before === 0 ? picture.facts : [],
      claims: before === 0 ? claims.map((claim): ClaimView => claim) : [],
      answers: before === 0 ? answersAround(answers, rowId) : null,
    }
  }
  const audience: Audience = 'reviewer'
  return {
    caseId,
    kind: file.case.kind,
    number: file.case.number ?? '',
    audience,
    /** Deleted since, as promised when they were asked for (IDV-4). */
    gone: file.case.picturesEndedAt !== null,
    comparedWith: base ? ('record' as const) : (earlier?.round ?? 0),
    count: all.length,
    groups: sections
      .filter(({ pictures }) => pictures.length > 0)
      .map(({ answers, pictures }) => ({
        id: answers.section,
        title: answers.title,
        pictures: pictures.map(({ number, group, label, changed }) => ({
          number,
          label: [group, label].filter((part) => part !== '').join(' · '),
          changed,
        })),
      })),
    shown: await shown(),
  }
}

export type CasePictures = Awaited<ReturnType<typeof casePictures>>
