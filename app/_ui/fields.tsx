import type { ReactElement, ReactNode } from 'react'
import { anchorOf } from '#lib/paths.ts'
import type { Condition } from '#lib/readers/conditions.ts'
import type { FieldView } from '#lib/readers/fields.ts'
import { monthNumbers, monthParts } from '#lib/readers/month-parts.ts'
import { citiesOf, provinces } from '#lib/text/regions.ts'
import { departmentWords, fieldWords } from '#lib/text/ui.ts'
import { bindings, block, Field, FieldGroup, Remarks } from './field-shell.tsx'
import { DepartmentSelects } from './live/department-selects.tsx'
import { type Option, type OptionGroup, optionsText } from './options-text.ts'

type Of<K extends FieldView['kind']> = Extract<FieldView, { kind: K }>
interface FieldInputProps {
  field: FieldView
  /** For a department: what each of its up to three selects offers, as far as it is known. */
  levels?: readonly (readonly Option[])[]
}

/** The control of a field with its label, hint and errors. Its first input carries `anchorOf(field.name)` as id. */
export function FieldInput({ field, levels = [] }: FieldInputProps): ReactElement {
  return (
    <ShownWhen condition={field.shownWhen}>
      <Control field={field} levels={levels} />
    </ShownWhen>
  )
}

/** Marks a part of a form that counts only where another control says so (`live/conditional-fields.tsx` hides it elsewhere). */
export function ShownWhen({
  condition,
  children,
}: {
  condition: Condition | undefined
  children: ReactNode
}) {
  return condition ? (
    <div data-when={condition.name} data-values={JSON.stringify(condition.values)}>
      {children}
    </div>
  ) : (
    children
  )
}

function Control({ field, levels }: Required<FieldInputProps>): ReactElement {
  switch (field.kind) {
    case 'text':
      return <TextInput field={field} />
    case 'choice':
      return field.as === 'radio' ? <RadioInput field={field} /> : <SelectInput field={field} />
    case 'month':
      return <MonthInput field={field} />
    case 'day':
      return <DayInput field={field} />
    case 'region':
      return <RegionInput field={field} />
    case 'department':
      return <DepartmentInput field={field} levels={levels} />
    case 'declaration':
      return <DeclarationInput field={field} />
  }
}

function TextInput({ field }: { field: Of<'text'> }) {
  if (field.input === 'long') return <LongInput field={field} />
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

function DayInput({ field }: { field: Of<'day'> }) {
  return (
    <Field field={field}>
      <input
        id={anchorOf(field.name)}
        name={field.name}
        type="date"
        defaultValue={field.value}
        className="control max-w-60"
        {...bindings(field)}
      />
    </Field>
  )
}

function LongInput({ field }: { field: Of<'text'> }) {
  return (
    <Field field={field}>
      <textarea
        id={anchorOf(field.name)}
        name={field.name}
        defaultValue={field.value}
        rows={4}
        className="control max-w-field"
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
        groups={[unchosen, { label: '', options: field.options }]}
        {...bindings(field)}
      />
    </Field>
  )
}

interface SelectProps extends Partial<ReturnType<typeof bindings>> {
  id: string
  name: string
  value: string
  width?: string
  autoComplete?: 'off'
  groups: readonly OptionGroup[]
}

/** What a select says first where nothing is chosen yet. */
export const unchosen: OptionGroup = { label: '', options: [{ id: '', label: fieldWords.choose }] }

/** A select without its label; its options are written as text. */
export function Select({ value, width = '', groups, ...rest }: SelectProps) {
  return (
    <select
      {...rest}
      defaultValue={value}
      className={`control ${width}`}
      // biome-ignore lint/security/noDangerouslySetInnerHtml: `optionsText` escapes what it writes
      dangerouslySetInnerHTML={{ __html: optionsText(groups, value) }}
    />
  )
}

const months: OptionGroup = {
  label: '',
  options: monthNumbers.map((number) => ({ id: number, label: String(Number(number)) })),
}

function MonthInput({ field }: { field: Of<'month'> }) {
  const id = anchorOf(field.name)
  const { year, month, open } = monthParts(field.value)
  const bound = bindings(field)
  return (
    <FieldGroup field={field}>
      <div className="flex flex-wrap items-center gap-2">
        <div className="flex items-center gap-2">
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
        </div>
        <div className="flex items-center gap-2">
          <Select
            id={`${id}-month`}
            name={`${field.name}.month`}
            value={month}
            width="w-28"
            groups={[unchosen, months]}
            {...bound}
          />
          <PartLabel of={field.label} word={fieldWords.month} htmlFor={`${id}-month`} />
        </div>
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

const regions: readonly OptionGroup[] = provinces().map(({ code, name }) => ({
  label: name,
  options: citiesOf(code).map((city) => ({ id: city.code, label: city.name })),
}))

function RegionInput({ field }: { field: Of<'region'> }) {
  return (
    <Field field={field}>
      <Select
        id={anchorOf(field.name)}
        name={field.name}
        value={field.value}
        width="max-w-80"
        groups={[unchosen, ...regions]}
        {...bindings(field)}
      />
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
  const { levels: first, choose, showLevel: show, levelFailed: failed } = departmentWords
  return (
    <FieldGroup field={field}>
      <DepartmentSelects
        key={field.value}
        id={anchorOf(field.name)}
        name={field.name}
        levels={levels}
        chosen={field.value.split('/')}
        bound={bindings(field)}
        words={{ levels: first, choose, show, failed }}
      />
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
