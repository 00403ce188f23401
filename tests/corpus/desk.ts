import { type CaseFile, caseFile } from '#db/queries/case-file.ts'
import { proposalsOf } from '#db/queries/cases.ts'
import { collection as kind } from '#lib/cases/collection.ts'
import { removeFile } from '#lib/commands/attach-file.ts'
import { removeEntry } from '#lib/commands/remove-entry.ts'
import { saveEntry } from '#lib/commands/save-entry.ts'
import { submitCase } from '#lib/commands/submit-case.ts'
import type { Applicant } from '#lib/domain/actor.ts'
import { dayOf } from '#lib/domain/days.ts'
import { isFault } from '#lib/domain/errors.ts'
import type { Issue } from '#lib/domain/result.ts'
import { runJobs } from '#lib/jobs/run-jobs.ts'
import { draftOf } from '#lib/readers/draft.ts'
import { asPosted, filledForm, sampleFiles } from '#lib/readers/sample.ts'
import { type SectionId, sectionById } from '#lib/sections/all.ts'
import { emptyRow, type Row, sharedRow, type Values } from '#lib/sections/define.ts'
import { listObstacles } from '#lib/views/collection.ts'
import { steppedClock, type TestDeps, testNow } from '#tests/support/deps.ts'
import { contextIn } from './bases.ts'
import { type Collection, rowsIn, type Step } from './collection.ts'
import { chainOf } from './departments.ts'
import type { Place } from './entry.ts'
import { registerOf } from './register.ts'
import { type Arrived, upload } from './upload.ts'

const hour = 3_600_000

/** What became of a collection. `codes` say why, first things first: `code@place` of what refused or was remarked on. */
export interface Outcome {
  /** `nobody`: it went through without a person. */
  readonly where: Place | 'nobody'
  readonly codes: readonly string[]
  /** What keeps it from being sent, whether or not something was caught before; nothing where it was sent. */
  readonly gate: readonly string[]
}

interface Seat {
  readonly deps: TestDeps
  readonly arrived: (name: string) => Promise<Arrived>
  readonly caseId: string
  readonly actor: Applicant
  readonly name: string
  readonly number: string
}

/** One person at one collection: the commands they use, and what they are told. */
export class Desk {
  readonly seat: Seat
  readonly one: Collection
  readonly deps: TestDeps
  readonly actor: Applicant
  readonly caseId: string
  readonly arrived: Seat['arrived']
  readonly told: string[]

  constructor(seat: Seat, one: Collection, told: readonly string[] = []) {
    const clock = steppedClock(testNow)
    this.seat = seat
    this.one = one
    this.deps = { ...seat.deps, clock, registers: registerOf(one, seat) }
    this.actor = seat.actor
    this.caseId = seat.caseId
    this.arrived = seat.arrived
    this.told = [...told]
  }

  /** The same person, with another collection in mind. */
  on = (one: Collection): Desk => new Desk(this.seat, one, this.told)

  /** Page by page, from nothing. */
  async fillIn(one: Collection): Promise<void> {
    for (const section of kind.sections) {
      for (const row of rowsIn(one, section)) await this.typeNew(section, row)
      await this.attach(section)
      await this.leave(section)
    }
  }

  /** Makes of what was filled in what this person has in mind, and goes on from there to the end. */
  async finish(filled: Collection): Promise<Outcome> {
    const { one, deps } = this
    for (const section of await this.change(filled)) await this.leave(section)
    for (const step of one.then) await this.asTold(() => this.step(step))
    const kept = await this.send()
    if (kept !== null || one.answers === '') return this.outcome(kept)
    if ((await this.file()).case.state !== 'returned') throw new Error('nothing is there to be answered')
    deps.clock.advance(hour)
    if (one.answers === 'proofs')
      for (const section of kind.sections) {
        await this.attach(section)
        await this.leave(section)
      }
    return this.outcome(await this.send())
  }

  /** Types, adds and removes rows and pictures; gives the pages that are left afterwards, all of them where they may depend on it. */
  async change(filled: Collection): Promise<readonly SectionId[]> {
    const { one } = this
    const changed: SectionId[] = []
    for (const section of kind.sections) {
      const [before, after] = [rowsIn(filled, section), rowsIn(one, section)]
      const other = after.filter((row) => {
        const known = before.find(({ id }) => id === row.id)
        return JSON.stringify(known) !== JSON.stringify(row)
      })
      const gone = before.filter(({ id }) => !after.some((row) => row.id === id))
      const pictures = Object.entries(one.pictures).filter(
        ([place, names]) => place.startsWith(`${section}/`) && filled.pictures[place] !== names,
      )
      if (other.length + gone.length + pictures.length === 0) continue
      changed.push(section)
      for (const { id } of gone) await this.step({ section, rowId: id, do: 'remove' })
      for (const row of other) await this.typeNew(section, row)
      const { files } = pictures.length > 0 ? await this.file() : { files: [] }
      for (const { attachmentId, rowId, slot, section: held } of files)
        if (pictures.some(([place]) => place === `${held}/${rowId}/${slot}`))
          await removeFile(this.deps, this.actor, { caseId: this.caseId, attachmentId })
      await this.attach(section)
    }
    return changed.some((section) => decisive.includes(section)) ? kind.sections : changed
  }

  /** Adds what a page refuses to what was told. */
  async asTold(work: () => Promise<readonly Issue[]>): Promise<void> {
    try {
      this.tell(await work())
    } catch (error) {
      if (!isFault(error)) throw error
      this.tell(error.issues.length > 0 ? error.issues : [{ at: null, code: error.code }])
    }
  }
  tell(issues: readonly Issue[]): void {
    for (const { at, code } of issues) {
      const told = at === null ? code : `${code}@${at}`
      if (!this.told.includes(told)) this.told.push(told)
    }
  }

  async file() {
    const { store, keys } = this.deps
    const file = await caseFile(store.read, store.t, keys, this.caseId)
    if (!file) throw new Error('no such case')
    return file
  }
  /** The rows of a section as stored. */
  async stored(section: SectionId): Promise<readonly Row[]> {
    const { store, keys } = this.deps
    return (await proposalsOf(store.read, store.t, keys, this.caseId)).get(section)?.rows ?? []
  }
  draft = async () => draftOf(await this.file(), dayOf(this.deps.clock.now()))

  /** A row with its nested rows, as the form of its page posts it. */
  formOf(section: SectionId, row: Row, without: readonly string[] = []) {
    const typed = filledForm(section, row, contextIn(this.one))
    if (section === 'department') {
      const { departmentId = '' } = row.values
      const levels = departmentId === '' ? [] : chainOf(departmentId)
      const cascade = levels.map((id, level) => [`departmentId.${level + 1}`, id])
      return asPosted({ ...typed, ...Object.fromEntries(cascade) })
    }
    const key = sectionById(section).nested?.key ?? ''
    const removed = without.map((id) => [`${key}.${id}.remove`, '1'])
    return asPosted({ ...typed, ...Object.fromEntries(removed) })
  }
  save = (
    section: SectionId,
    row: Row,
    rev: number,
    more: { addChild?: boolean; without?: readonly string[] } = {},
  ) =>
    saveEntry(this.deps, this.actor, {
      caseId: this.caseId,
      section,
      rowId: row.id,
      rev,
      form: this.formOf(section, row, more.without),
      ...(more.addChild ? { addChild: true } : {}),
    })

  /** Types a row whole, over what there is of it. */
  async typeNew(section: SectionId, row: Row): Promise<void> {
    const stored = (await this.stored(section)).find(({ id }) => id === row.id)
    // A page offers one nested row to begin with.
    const offered = stored?.children ?? [{ id: `${row.id}p1` }]
    const kept = row.children ?? []
    const without = offered.map(({ id }) => id).filter((id) => !kept.some((child) => child.id === id))
    await this.asTold(async () => {
      let rev = stored?.rev ?? 0
      const more = Math.max(0, (row.children ?? []).length - Math.max(1, stored?.children?.length ?? 0))
      for (let added = 0; added < more; added += 1)
        ({ rev } = await this.save(section, row, rev, { addChild: true }))
      const { issues } = await this.save(section, row, rev, { without })
      // Pictures come after the row they prove.
      return issues.filter(({ code }) => code !== 'slot-required')
    })
  }

  /** Puts a picture into every slot that asks for one, and those that are no usual ones. */
  async attach(section: SectionId): Promise<void> {
    const draft = await this.draft()
    const held = draft.files(section)
    const definition = sectionById(section)
    const usual = sampleFiles(definition, draft.rows(section), draft.context)
      .filter(({ rowId, slot }) => !held.some((file) => file.rowId === rowId && file.slot === slot))
      .map(({ rowId, slot }): [string, string] => [
        `${section}/${rowId}/${slot}`,
        slot === 'portrait' ? slot : 'proof',
      ])
    const wished = Object.entries(this.one.pictures).filter(
      ([place]) =>
        place.startsWith(`${section}/`) &&
        !held.some(({ rowId, slot }) => place === `${section}/${rowId}/${slot}`),
    )
    for (const [place, names] of new Map([...usual, ...wished])) {
      const [, rowId = sharedRow, slot = ''] = place.split('/')
      for (const name of names.split(' ').filter((one) => one !== '')) {
        const arrived = await this.arrived(name)
        const at = { caseId: this.caseId, section, rowId, slot }
        this.tell(await upload(this.deps, this.actor, at, { name, arrived }))
      }
    }
  }

  /** 保存并下一步: what the page refuses is told. */
  async leave(section: SectionId): Promise<void> {
    const saveAll = async () => {
      for (const row of await this.stored(section))
        await this.asTold(async () => (await this.save(section, row, row.rev)).issues)
    }
    if (sectionById(section).shape === 'form') return saveAll()
    const obstacles = await listObstacles(this.deps, this.actor, section)
    const ofRows = obstacles.filter(({ code }) => code === 'row-incomplete')
    this.tell(obstacles.filter((found) => !ofRows.includes(found)))
    if (ofRows.length > 0) await saveAll()
  }

  async step({ section, rowId, do: what, values = {}, without, window }: Step): Promise<readonly Issue[]> {
    const stored = await this.stored(section)
    const row = stored.find(({ id }) => id === rowId) ?? emptyRow(rowId)
    const rev = row.rev - (window === 'older' ? 1 : 0)
    const place = { caseId: this.caseId, section, rowId, rev }
    if (what === 'remove') await removeEntry(this.deps, this.actor, place)
    else this.tell((await this.save(section, laidOver(row, values), rev, without ? { without } : {})).issues)
    if (sectionById(section).shape === 'list') await this.leave(section)
    return []
  }

  /** What keeps it from being sent; null where it was sent and every check has ended. */
  async send(): Promise<readonly string[] | null> {
    const { deps, actor, caseId } = this
    try {
      await submitCase(deps, actor, { caseId, declared: this.one.declared })
    } catch (error) {
      if (!isFault(error, 'refused')) throw error
      return error.issues.flatMap(({ code, params }) =>
        code === 'section-incomplete' || code === 'section-awaits-mending'
          ? [`${code}@${params?.section}`]
          : [code],
      )
    }
    for (let tries = 0; tries < 60 && (await this.file()).case.state === 'checking'; tries += 1) {
      // One at a time: they share the transaction that is undone afterwards.
      if ((await runJobs(deps, 'corpus', 1)) === 0) deps.clock.advance(hour)
    }
    return null
  }

  async outcome(gate: readonly string[] | null): Promise<Outcome> {
    const codes = this.told
    if (codes.length > 0) return { where: 'field', codes, gate: gate ?? [] }
    if (gate !== null) return { where: 'submission', codes: gate, gate }
    const file = await this.file()
    if (file.case.state === 'returned') {
      const found = file.findings.map(
        ({ reason, section, target }) => `${reason}@${target === '' ? section : target}`,
      )
      return { where: 'register', codes: found, gate: [] }
    }
    if (file.case.state !== 'waiting') return { where: 'nobody', codes: [file.case.state], gate: [] }
    return { where: 'human', codes: [...this.remarks(file), ...hintsOf(file)], gate: [] }
  }

  /** What the person was told and may leave as it is (EDU-6). */
  remarks(file: CaseFile): string[] {
    const { context, rows } = draftOf(file, dayOf(this.deps.clock.now()))
    return kind.sections.flatMap((section) =>
      rows(section).flatMap((row) =>
        sectionById(section)
          .warnings(row, context)
          .map(({ at, code }) => `${code}@${at}`),
      ),
    )
  }
}

/** The pages that the rules of other pages read. */
const decisive: readonly SectionId[] = ['department', 'scope']

const laidOver = (row: Row, values: Values): Row => ({ ...row, values: { ...row.values, ...values } })

/** What the checks of the last round leave to a person. */
const hintsOf = ({ case: { round }, claims }: CaseFile): string[] =>
  claims
    .filter((claim) => claim.round === round)
    .flatMap(({ kind, state, why, notes, answered }) => [
      ...(state === 'unavailable' ? [`${why}@${kind}`] : []),
      ...(state === 'differs' && !answered ? [`differs@${kind}`] : []),
      ...notes.map((field) => `noted@${kind}.${field}`),
    ])
