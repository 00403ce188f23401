/** The fields of the account forms as a page shows them: what was typed, what is wrong with it. */
import type { Issue } from '#lib/domain/result.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { identityTypes, needsPersonalDetails } from '#lib/schemas/identity-number.ts'
import { type AccountField, accountWords } from '#lib/text/account.ts'
import { countryOptions } from '#lib/text/countries.ts'
import { issueText } from '#lib/text/issues.ts'
import { identityTypeWords } from '#lib/text/registration.ts'
import type { ShownIssue } from './issues-shown.ts'

interface Kept {
  readonly values: Readonly<Record<string, readonly string[]>>
  readonly issues: readonly Issue[]
}

type Shown = Omit<Extract<FieldView, { kind: 'declaration' }>, 'kind'>
type TextOptions = { max: number; input?: 'text' | 'tel'; autocomplete?: string; optional?: boolean }

const chosen: ReadonlySet<string> = new Set<AccountField>(['idType', 'nationality', 'sex'])
const isField = (at: string | null): at is AccountField =>
  at !== null && Object.hasOwn(accountWords.fields, at)

/** Asked of some document types only (ACC-1). */
const shownWhen: Partial<Record<AccountField, FieldView['shownWhen']>> = {
  nationality: { name: 'idType', values: ['foreign_passport'] },
  sex: { name: 'idType', values: identityTypes.filter((type) => needsPersonalDetails(type)) },
  birth: { name: 'idType', values: identityTypes.filter((type) => needsPersonalDetails(type)) },
}

const textOf = (found: Issue) =>
  isField(found.at)
    ? issueText(found, { label: accountWords.fields[found.at].label, chosen: chosen.has(found.at) })
    : issueText(found)

/** Makes field views out of what an echo kept; null for an untouched form. */
export function accountForm(kept: Kept | null) {
  const base = (name: AccountField, optional = false): Shown => {
    const words: { label: string; hint?: string } = accountWords.fields[name]
    return {
      name,
      ...words,
      optional,
      ...(shownWhen[name] ? { shownWhen: shownWhen[name] } : {}),
      value: kept?.values[name]?.[0] ?? '',
      errors: (kept?.issues ?? []).filter(({ at }) => at === name).map(textOf),
    }
  }
  const choice = (
    name: AccountField,
    as: 'radio' | 'select',
    options: { id: string; label: string }[],
    optional = false,
  ): FieldView => ({
    ...base(name, optional),
    kind: 'choice',
    as,
    options,
  })
  return {
    /** For controls a page writes itself: passwords, codes, the captcha. */
    shown: base,
    text: (name: AccountField, { optional, ...rest }: TextOptions): FieldView => ({
      ...base(name, optional),
      kind: 'text',
      input: 'text',
      ...rest,
    }),
    tick: (name: AccountField): FieldView => ({ ...base(name, true), kind: 'declaration' }),
    idType: () =>
      choice(
        'idType',
        'select',
        identityTypes.map((id) => ({ id, label: identityTypeWords[id] ?? id })),
      ),
    nationality: () => choice('nationality', 'select', countryOptions(), true),
    sex: () =>
      choice(
        'sex',
        'radio',
        Object.entries(accountWords.sex).map(([id, label]) => ({ id, label })),
        true,
      ),
    issues: (kept?.issues ?? []).map((found): ShownIssue => ({ at: found.at, text: textOf(found) })),
  }
}
