import type { ReactElement, ReactNode } from 'react'
import { anchorOf } from '#lib/paths.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { monthNumbers, monthParts } from '#lib/readers/month-parts.ts'
import { citiesOf, provinces } from '#lib/text/regions.ts'
import { errorWords, fieldWords } from '#lib/text/ui.ts'
import { Icon } from './icons.tsx'

type Of<K extends FieldView['kind']> = Extract<FieldView, { kind: K }>
type Shown = Pick<FieldView, 'name' | 'label' | 'hint' | 'optional' | 'errors'>
interface Option {
  id: string
  label: string
}
interface FieldInputProps {
  field: FieldView
  /** For a department: what each of its up to three selects offers, as far as it is known. */
  levels?: readonly (readonly Option[])[]
}

/** The control of a field with its label, hint and errors. Its first input carries `anchorOf(field.name)` as id. */
export function FieldInput({ field, levels = [] }: FieldInputProps): ReactElement {
  switch (field.kind) {
    case 'text':
      return <TextInput field={field} />
    case 'choice':
      return field.as === 'radio' ? <RadioInput field={field} /> : <SelectInput field={field} />
    case 'month':
      return <MonthInput field={field} />
    case 'region':
      return <RegionInput field={field} />
    case 'department':
      return <DepartmentInput field={field} levels={levels} />
    case 'declaration':
      return <DeclarationInput field={field} />
  }
}

/** What ties a control to its field, for hand-written controls too. */
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

const block = (errors: readonly string[]) => `mb-6 ${errors.length > 0 ? 'border-l-4 border-bad pl-3' : ''}`

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
      <label htmlFor={anchorOf(field.name)} className="mb-1 block font-medium">
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
    <fieldset
      aria-describedby={bindings(field)['aria-describedby']}
      className={`min-w-0 ${block(field.errors)}`}
    >
      <legend className="mb-1 font-medium">
        <Label {...field} />
      </legend>
      <Remarks {...field} />
      {children}
    </fieldset>
  )
}

function TextInput({ field }: { field: Of<'text'> }) {
  const narrow = field.input === 'tel' || field.max <= 40
  return (
    <Field field={field}>
      <input
        id={anchorOf(field.name)}
        name={field.name}
        type={field.input}
        defaultValue={field.value}
        autoComplete={field.autocomplete ?? 'off'}
        className={`control ${narrow ? 'max-w-80' : 'max-w-field'}`}
        {...bindings(field)}
      />
    </Field>
  )
}

function RadioInput({ field }: { field: Of<'choice'> }) {
  const id = anchorOf(field.name)
  return (
    <FieldGroup field={field}>
      <div className="flex flex-wrap gap-2 max-sm:flex-col">
        {field.options.map((option, index) => (
          <label
            key={option.id}
            className="flex min-h-target cursor-pointer items-center gap-3 rounded-md border border-edge px-4 py-1.5 hover:border-brand has-checked:border-brand has-checked:bg-brand-soft has-checked:inset-ring-1 has-checked:inset-ring-brand"
          >
            <input
              type="radio"
              id={index === 0 ? id : `${id}-${option.id}`}
              name={field.name}
              value={option.id}
              defaultChecked={field.value === option.id}
              aria-invalid={bindings(field)['aria-invalid']}
              className="tick"
            />
            {option.label}
          </label>
        ))}
      </div>
    </FieldGroup>
  )
}

function SelectInput({ field }: { field: Of<'choice'> }) {
  return (
    <Field field={field}>
      <Select
        id={anchorOf(field.name)}
        name={field.name}
        value={field.value}
        width="max-w-field"
        {...bindings(field)}
      >
        <Options options={field.options} />
      </Select>
    </Field>
  )
}

interface SelectProps extends Partial<ReturnType<typeof bindings>> {
  id: string
  name: string
  value: string
  width: string
  children: ReactNode
}

function Select({ value, width, children, ...rest }: SelectProps) {
  return (
    <select key={value} defaultValue={value} className={`control ${width}`} {...rest}>
      <option value="">{fieldWords.choose}</option>
      {children}
    </select>
  )
}

const Options = ({ options }: { options: readonly Option[] }) =>
  options.map(({ id, label }) => (
    <option key={id} value={id}>
      {label}
    </option>
  ))

function MonthInput({ field }: { field: Of<'month'> }) {
  const id = anchorOf(field.name)
  const { year, month, open } = monthParts(field.value)
  const bound = bindings(field)
  return (
    <FieldGroup field={field}>
      <div className="flex flex-wrap items-center gap-x-2 gap-y-2">
        <input
          id={id}
          name={`${field.name}.year`}
          defaultValue={year}
          inputMode="numeric"
          autoComplete="off"
          className="control max-w-22 text-center"
          {...bound}
        />
        <PartLabel of={field.label} word={fieldWords.year} htmlFor={id} />
        <div className="w-28">
          <Select id={`${id}-month`} name={`${field.name}.month`} value={month} width="" {...bound}>
            <Options
              options={monthNumbers.map((number) => ({
                id: number,
                label: fieldWords.monthOption(Number(number)),
              }))}
            />
          </Select>
        </div>
        <PartLabel of={field.label} word={fieldWords.month} htmlFor={`${id}-month`} />
        {field.open ? (
          <label className="ml-2 flex min-h-target cursor-pointer items-center gap-2">
            <input
              type="checkbox"
              name={`${field.name}.open`}
              value="1"
              defaultChecked={open}
              className="tick"
            />
            {field.open}
          </label>
        ) : null}
      </div>
    </FieldGroup>
  )
}

const PartLabel = ({ of, word, htmlFor }: { of: string; word: string; htmlFor: string }) => (
  <label htmlFor={htmlFor}>
    <span className="sr-only">{of} </span>
    {word}
  </label>
)

function RegionInput({ field }: { field: Of<'region'> }) {
  return (
    <Field field={field}>
      <Select
        id={anchorOf(field.name)}
        name={field.name}
        value={field.value}
        width="max-w-80"
        {...bindings(field)}
      >
        {provinces().map((province) => (
          <optgroup key={province.code} label={province.name}>
            <Options options={citiesOf(province.code).map(({ code, name }) => ({ id: code, label: name }))} />
          </optgroup>
        ))}
      </Select>
    </Field>
  )
}

function DepartmentInput({
  field,
  levels,
}: {
  field: Of<'department'>
  levels: readonly (readonly Option[])[]
}) {
  const id = anchorOf(field.name)
  const chosen = field.value.split('/')
  return (
    <FieldGroup field={field}>
      <div className="flex flex-wrap gap-3 max-sm:flex-col">
        {levels.map((options, index) => {
          const level = index + 1
          const own = index === 0 ? id : `${id}-${level}`
          return (
            <div key={own} className="min-w-44 grow sm:max-w-60">
              <label htmlFor={own} className="mb-1 block text-hint text-ink-2">
                {fieldWords.departmentLevel(level)}
              </label>
              <Select
                id={own}
                name={`${field.name}.${level}`}
                value={chosen[index] ?? ''}
                width=""
                {...bindings(field)}
              >
                <Options options={options} />
              </Select>
            </div>
          )
        })}
      </div>
    </FieldGroup>
  )
}

function DeclarationInput({ field }: { field: Of<'declaration'> }) {
  return (
    <div className={block(field.errors)}>
      <Remarks {...field} />
      <label className="flex min-h-target cursor-pointer items-center gap-3">
        <input
          type="checkbox"
          id={anchorOf(field.name)}
          name={field.name}
          value="1"
          defaultChecked={field.value === '1'}
          className="tick"
          {...bindings(field)}
        />
        <span>{field.label}</span>
      </label>
    </div>
  )
}
