import { anchorOf } from '#lib/paths.ts'
import { bindings, Field, type Shown } from './field-shell.tsx'
import { CharacterPicker } from './live/character-picker.tsx'

interface NameFieldProps {
  /** The view of a text field. */
  field: Shown & { readonly value: string; readonly autocomplete?: string }
}

/**
 * A person's name with 生僻字 beside it (ACC-4): a submit button of `intent=rare`, for which the form's action answers
 * `toCharacters(…)`; with script it opens the picker over the page. The form needs its `DefaultButton` before it.
 */
export function NameField({ field }: NameFieldProps) {
  const id = anchorOf(field.name)
  return (
    <Field field={field}>
      <div className="flex max-w-field flex-wrap gap-2">
        <input
          id={id}
          name={field.name}
          type="text"
          defaultValue={field.value}
          autoComplete={field.autocomplete ?? 'off'}
          className="control min-w-44 flex-1"
          {...bindings(field)}
        />
        <CharacterPicker inputId={id} />
      </div>
    </Field>
  )
}
