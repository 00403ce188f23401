/** Everything the service keeps about one person, for that person (ACC-8): in words, and nobody else in it. */
import { type Account, accountById, consentsOf } from '#db/queries/accounts.ts'
import { fileNameContext } from '#db/queries/cases.ts'
import { filesOwnedBy } from '#db/queries/files.ts'
import { messagesOf } from '#db/queries/messages.ts'
import { sessionsOf, signInsOf } from '#db/queries/sessions.ts'
import type { Deps } from '#lib/deps.ts'
import type { Applicant, Staff } from '#lib/domain/actor.ts'
import { notFound } from '#lib/domain/errors.ts'
import type { AnswerRow, AnswerSection, AnswerSlot } from '#lib/readers/answers.ts'
import { accountWords, identityWords } from '#lib/text/account.ts'
import { countryOptions } from '#lib/text/countries.ts'
import { dayWords, instantWords } from '#lib/text/dates.ts'
import { deviceWords } from '#lib/text/devices.ts'
import { messageText } from '#lib/text/messages.ts'
import {
  exportKeys as keys,
  myAccountWords,
  sessionWords,
  exportValues as values,
} from '#lib/text/my-account.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
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
        }),
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
  [keys.identity]: account.identityState === 'verified' ? myAccountWords.verified : myAccountWords.unverified,
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
