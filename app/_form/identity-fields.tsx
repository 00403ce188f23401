import { FieldInput } from '#app/_ui/fields.tsx'
import { NameField } from '#app/_ui/name-field.tsx'
import { nameLimits } from '#lib/schemas/name.ts'
import type { accountForm } from '#lib/views/account-form.ts'

/** Document, name and what the number does not tell (ACC-1); the form needs `ConditionalFields` at its end. */
export function IdentityFields({ form }: { form: ReturnType<typeof accountForm> }) {
  return (
    <>
      <FieldInput field={form.idType()} />
      <FieldInput field={form.text('idNumber', { max: 40 })} />
      <FieldInput field={form.nationality()} />
      <NameField field={form.text('name', { max: nameLimits.maxCharacters, autocomplete: 'name' })} />
      <FieldInput field={form.sex()} />
      <FieldInput field={form.text('birth', { max: 20, optional: true, autocomplete: 'bday' })} />
    </>
  )
}
