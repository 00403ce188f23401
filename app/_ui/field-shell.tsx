/** What surrounds a control and ties it to its field; for hand-written controls too. */
import type { ReactNode } from 'react'
import { anchorOf } from '#lib/paths.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { errorWords, fieldWords } from '#lib/text/ui.ts'
import { Icon } from './icons.tsx'

/** What a field has, whatever its kind. */
export type Shown = Pick<FieldView, 'name' | 'label' | 'hint' | 'optional' | 'errors'>

/** What ties a control to its field, spread into it. */
export function bindings({ name, hint, errors }: Pick<Shown, 'name' | 'hint' | 'errors'>) {
  const id = anchorOf(name)
  const described = [hint ? `${id}-hint` : '', errors.length > 0 ? `${id}-error` : ''].filter(
    (part) => part !== '',
  )
  return {
    'aria-describedby': described.length > 0 ? described.join(' ') : undefined,
    'aria-invalid': errors.length > 0 ? (true as const) : undefined,
  }
}

export const block = (errors: readonly string[]) =>
  `mb-6 ${errors.length > 0 ? 'border-l-4 border-bad pl-3' : ''}`

const Label = ({ label, optional }: Pick<Shown, 'label' | 'optional'>) => (
  <>
    {label}
    {optional ? <span className="font-normal text-ink-3">{fieldWords.optional}</span> : null}
  </>
)

/** Hint and errors of a control, tied to it by `bindings`. */
export function Remarks({ name, hint, errors }: Pick<Shown, 'name' | 'hint' | 'errors'>) {
  const id = anchorOf(name)
  return (
    <>
      {hint ? (
        <p id={`${id}-hint`} className="mb-1.5 max-w-measure text-hint text-ink-3">
          {hint}
        </p>
      ) : null}
      {errors.length > 0 ? (
        <div id={`${id}-error`} className="mb-1.5 max-w-measure font-medium text-bad">
          {errors.map((text) => (
            <p key={text} className="flex gap-1.5">
              <Icon name="cross" className="mt-[0.4em]" />
              <span>
                <span className="sr-only">{errorWords.prefix}</span>
                {text}
              </span>
            </p>
          ))}
        </div>
      ) : null}
    </>
  )
}

/** A field of one control: label above, then hint and errors, then the control. */
export function Field({ field, children }: { field: Shown; children: ReactNode }) {
  return (
    <div className={block(field.errors)}>
      <label htmlFor={anchorOf(field.name)} className="mb-1 block font-semibold">
        <Label {...field} />
      </label>
      <Remarks {...field} />
      {children}
    </div>
  )
}

/** A field of several controls under one name. */
export function FieldGroup({ field, children }: { field: Shown; children: ReactNode }) {
  return (
    <div className={block(field.errors)}>
      <fieldset aria-describedby={bindings(field)['aria-describedby']} className="min-w-0">
        <legend className="mb-1 font-semibold">
          <Label {...field} />
        </legend>
        <Remarks {...field} />
        {children}
      </fieldset>
    </div>
  )
}
