import { bindings, Field } from './field-shell.tsx'

interface SecretProps {
  field: {
    readonly name: string
    readonly label: string
    readonly hint?: string | undefined
    readonly optional: boolean
    readonly errors: readonly string[]
  }
  autoComplete: 'new-password' | 'current-password' | 'one-time-code'
  /** A code that may hold letters, as recovery codes do: no keyboard of digits for it. */
  letters?: boolean
}

/** A password or code: never filled in again by the page, a code in digits one may read. */
export function SecretInput({ field, autoComplete, letters = false }: SecretProps) {
  const isCode = autoComplete === 'one-time-code'
  return (
    <Field field={field}>
      <input
        id={field.name}
        name={field.name}
        type={isCode ? 'text' : 'password'}
        inputMode={isCode && !letters ? 'numeric' : undefined}
        autoComplete={autoComplete}
        className={`control ${isCode ? 'max-w-40' : 'max-w-80'}`}
        {...bindings(field)}
      />
    </Field>
  )
}
