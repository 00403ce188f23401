/**
 * The options of a select, written as text: hundreds of them as elements cost more than all the rest of their page, once as HTML and
 * once more in what the browser is sent of the tree (decision 026).
 */
import { escaped } from './html-text.ts'

export interface Option {
  readonly id: string
  readonly label: string
}
/** Options under a heading, or without one where `label` is ''. */
export interface OptionGroup {
  readonly label: string
  readonly options: readonly Option[]
}

const one = ({ id, label }: Option, chosen: string | null) =>
  `<option value="${escaped(id)}"${id === chosen ? ' selected=""' : ''}>${escaped(label)}</option>`

function groupText({ label, options }: OptionGroup, chosen: string | null): string {
  const lines = options.map((option) => one(option, chosen)).join('')
  return label === '' ? lines : `<optgroup label="${escaped(label)}">${lines}</optgroup>`
}

/** Groups that are the same for everybody (the cities of a province) are written once. */
const written = new WeakMap<OptionGroup, string>()

function unchosenText(group: OptionGroup): string {
  const text = written.get(group) ?? groupText(group, null)
  written.set(group, text)
  return text
}

const holds = ({ options }: OptionGroup, chosen: string) => options.some(({ id }) => id === chosen)

/** As React would write them, the chosen one selected. */
export const optionsText = (groups: readonly OptionGroup[], chosen: string): string =>
  groups.map((group) => (holds(group, chosen) ? groupText(group, chosen) : unchosenText(group))).join('')
