/** Everything the service keeps about one person, for that person (ACC-8): in words, and nobody else in it. */
import { type Account, accountById, consentsOf } from '#db/queries/accounts.ts'
import { fileNameContext } from '#db/queries/cases.ts'
import { filesOwnedBy } from '#db/queries/files.ts'
import { messagesOf } from '#db/queries/messages.ts'
import { receiptsOf } from '#db/queries/receipts.ts'
import { sessionsOf, signInsOf } from '#db/queries/sessions.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import { groupedCode } from '#lib/domain/receipts.ts'
import type { AnswerRow, AnswerSection, AnswerSlot } from '#lib/readers/answers.ts'
import { accountWords, identityWords } from '#lib/text/account.ts'
import { entryWords } from '#lib/text/conduct.ts'
import { countryOptions } from '#lib/text/countries.ts'
import { creditWords } from '#lib/text/credits.ts'
import { dayWords, instantWords, monthWords } from '#lib/text/dates.ts'
import { deviceWords } from '#lib/text/devices.ts'
import { messageText } from '#lib/text/messages.ts'
import { exportKeys as keys, sessionWords, exportValues as values } from '#lib/text/my-account.ts'
import { optionWord } from '#lib/text/options.ts'
import { paperKindWords, receiptWords } from '#lib/text/papers.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import { ownEntries } from './conduct.ts'
import { creditYears } from './credits.ts'
import { ownOffices } from './my-account.ts'
import { ownCases } from './own-cases.ts'
import { ownRecord } from './own-record.ts'

export interface OwnPicture {
  /** Its name in the archive. */
  readonly file: string
  readonly storageKey: string
}

/** More of them than anybody has. */
const all = 100_000
const moment = (at: Date | null) => (at === null ? '' : instantWords(at))

/** `data` as it is written to a file, and the pictures beside it. */
export async function ownData(
  deps: Deps,
  actor: Applicant | Staff,
): Promise<{ data: Readonly<Record<string, unknown>>; pictures: readonly OwnPicture[] }> {
  const { read, t } = deps.store
  const account = await accountById(read, t, deps.keys, actor.id)
  if (!account) throw notFound()
  const stored = (await filesOwnedBy(read, t, actor.id)).map((file, index) => ({
    ...file,
    file: `pictures/${String(index + 1).padStart(3, '0')}.${file.format === 'jpeg' ? 'jpg' : 'png'}`,
  }))
  const nameOf = new Map(stored.map(({ id, file }) => [id, file]))
  const tell = (sections: readonly AnswerSection[]) => sectionsTold(sections, nameOf)
  const record = await ownRecord(deps, account)
  const [messages, sessions, signIns, consents] = await Promise.all([
    messagesOf(read, t, actor.id, { after: '', limit: all }),
    sessionsOf(read, t, actor.id),
    signInsOf(read, t, actor.id, { limit: all }),
    consentsOf(read, t, actor.id),
  ])
  const data = {
    [keys.madeAt]: instantWords(deps.clock.now()),
    [keys.account]: account.kind === 'staff' ? await staffTold(deps, account) : applicantTold(account),
    ...(account.kind === 'staff'
      ? {}
      : {
          [keys.record]: record
            ? { [keys.approvedAt]: instantWords(record.approvedAt), ...tell(record.sections) }
            : null,
          [keys.cases]: await ownCases(deps, actor.id, tell),
          [keys.credits]: await creditsTold(deps, actor.id),
          [keys.conduct]: await conductTold(deps, actor.id),
        }),
    ...(account.kind === 'staff' ? {} : { [keys.receipts]: await receiptsTold(deps, actor.id) }),
    [keys.messages]: messages.map(({ kind, data: of, createdAt, readAt }) => {
      const { title, text } = messageText(kind, of)
      return {
        [keys.at]: instantWords(createdAt),
        [keys.title]: title,
        [keys.text]: text,
        [keys.readAt]: moment(readAt),
      }
    }),
    [keys.sessions]: sessions.map(({ agent, address, createdAt, lastSeenAt, endedAt }) => ({
      [keys.device]: deviceWords(agent),
      [keys.address]: address,
      [keys.since]: instantWords(createdAt),
      [keys.seen]: instantWords(lastSeenAt),
      [keys.endedAt]: moment(endedAt),
    })),
    [keys.signIns]: signIns.map(({ at, outcome, agent, address }) => ({
      [keys.at]: instantWords(at),
      [keys.outcome]: sessionWords.outcomes[outcome],
      [keys.device]: deviceWords(agent),
      [keys.address]: address,
    })),
    [keys.consents]: consents.map(({ purpose, given, at }) => ({
      [keys.purpose]: values.consentPurposes[purpose],
      [keys.given]: given ? values.yes : values.no,
      [keys.at]: instantWords(at),
    })),
    [keys.pictures]: stored.map(({ id, file, nameSealed, width, height, bytes, createdAt }) => ({
      [keys.file]: file,
      [keys.originalName]: deps.keys.unseal(nameSealed, fileNameContext(id)),
      [keys.size]: `${width}×${height}`,
      [keys.bytes]: bytes,
      [keys.uploadedAt]: instantWords(createdAt),
    })),
  }
  return { data, pictures: stored.map(({ file, storageKey }) => ({ file, storageKey })) }
}

const sexOf = (sex: Account['sex']) => (sex === '' ? '' : accountWords.sex[sex])
const countryOf = (code: string) => countryOptions().find(({ id }) => id === code)?.label ?? code

const applicantTold = (account: Account) => ({
  [keys.state]: values.accountStates[account.status],
  [keys.idType]: identityTypeWords[account.idType] ?? account.idType,
  [keys.number]: account.number,
  [keys.nationality]: countryOf(account.nationality),
  [keys.name]: account.name,
  [keys.sex]: sexOf(account.sex),
  [keys.birth]: dayWords(account.birth),
  [keys.phone]: account.phone,
  [keys.identity]: account.identityState === 'verified' ? identityWords.yes : identityWords.no,
  [keys.identityMethod]: identityWords.methods[account.identityMethod],
  [keys.identityAt]: moment(account.identityAt),
  [keys.registeredAt]: instantWords(account.createdAt),
})

const staffTold = async (deps: Deps, account: Account) => ({
  [keys.state]: values.accountStates[account.status],
  [keys.login]: account.login ?? '',
  [keys.name]: account.name,
  [keys.roles]: await ownOffices(deps, account.id),
  [keys.registeredAt]: instantWords(account.createdAt),
})

/** 继续教育 as entered, year by year, with what counts of it (CRE-1). */
async function creditsTold(deps: Deps, personId: string) {
  const found = await creditYears(deps, personId)
  return (found?.years ?? []).map(({ year, ledger }) => ({
    [creditWords.paper.year]: year,
    [creditWords.professional]: creditWords.filled(ledger.professional.got, ledger.professional.target),
    [creditWords.open]: creditWords.filled(ledger.public.got, ledger.public.target),
    [keys.credits]: (found?.lines.get(year) ?? []).map(
      ({ form, title, quantity, credits, subject, obtained, number, at }) => ({
        [creditWords.columns.form]: optionWord('creditForm', form),
        [creditWords.columns.title]: title,
        [creditWords.columns.quantity]: quantity,
        [creditWords.columns.credits]: credits,
        [creditWords.columns.subject]: creditWords.subjects[subject],
        [creditWords.columns.obtained]: monthWords(obtained),
        [creditWords.columns.source]: number ? creditWords.sourceClaim(number) : creditWords.sourceRoster,
        [keys.at]: instantWords(at),
      }),
    ),
  }))
}

/** Papers that were made, by the code they can be verified with. */
const receiptsTold = async ({ store }: Deps, personId: string) =>
  (await receiptsOf(store.read, store.t, personId, { limit: all })).map(
    ({ kind, code, department, issuedAt }) => ({
      [receiptWords.kind]: paperKindWords[kind],
      [receiptWords.code]: groupedCode(code),
      [receiptWords.department]: department,
      [receiptWords.issuedAt]: instantWords(issuedAt),
    }),
  )

/** 奖惩 as entered, what was revoked included (AWD-1). */
const conductTold = async (deps: Deps, personId: string) =>
  (await ownEntries(deps, personId)).map(({ kind, what, state, facts, department, at }) => ({
    [keys.kind]: entryWords.kinds[kind],
    [keys.title]: what,
    ...Object.fromEntries(facts),
    [keys.department]: department,
    [keys.at]: instantWords(at),
    [keys.caseState]: state,
  }))

type Names = ReadonlyMap<string, string>

const slotsTold = (slots: readonly AnswerSlot[], names: Names) =>
  Object.fromEntries(
    slots.map(({ label, files }) => [label, files.map((id) => names.get(id) ?? values.pictureGone)]),
  )

const rowTold = (row: AnswerRow, names: Names): Record<string, unknown> => ({
  ...(row.title === '' ? {} : { [keys.title]: row.title }),
  ...Object.fromEntries(row.answers.map(({ label, shown }) => [label, shown])),
  ...slotsTold(row.slots, names),
  ...(row.children.length > 0 ? { [keys.parts]: row.children.map((child) => rowTold(child, names)) } : {}),
})

const sectionsTold = (sections: readonly AnswerSection[], names: Names) =>
  Object.fromEntries(
    sections.map(({ title, rows, shared }) => [
      title,
      [...rows.map((row) => rowTold(row, names)), ...(shared.length > 0 ? [slotsTold(shared, names)] : [])],
    ]),
  )
