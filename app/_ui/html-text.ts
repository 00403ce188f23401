/** Tags and attributes as text, the way React writes them. What is not known here is left to React: there is no guessing. */

export const voidTags: ReadonlySet<string> = new Set('area br col hr img input source wbr'.split(' '))

const asTheyAre =
  'id href name type value method action lang role title alt src srcSet media loading width height scope colSpan rowSpan dateTime target rel form ' +
  'viewBox focusable d fill stroke cx cy r rx x y x1 x2 y1 y2 points transform'

/** An attribute by what React calls it: what HTML and SVG do. */
const names: ReadonlyMap<string, string> = new Map([
  ...asTheyAre.split(' ').map((name) => [name, name] as const),
  ['className', 'class'],
  ['htmlFor', 'for'],
  ['tabIndex', 'tabindex'],
  ['strokeWidth', 'stroke-width'],
  ['strokeLinejoin', 'stroke-linejoin'],
  ['strokeLinecap', 'stroke-linecap'],
  ['strokeDasharray', 'stroke-dasharray'],
  ['textAnchor', 'text-anchor'],
  ['fontSize', 'font-size'],
])
const flags: ReadonlySet<string> = new Set(['hidden', 'open', 'disabled'])
const addresses: ReadonlySet<string> = new Set(['href', 'src', 'action'])
/** Of this site or of the web; what else an address may be (a script!) React looks at. */
const isPlain = (address: string) => /^(?:[/?#]|https?:\/\/)/.test(address)

const isMark = (name: string) => name.startsWith('aria-') || name.startsWith('data-')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
}
const special = /[&<>"']/

/** For between tags and within quotes. */
export const escaped = (text: string): string =>
  special.test(text) ? text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign) : text

/** One attribute with a space before it, '' for one that is not written; null for one React should write. */
function attributeText(name: string, value: unknown): string | null {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean' && flags.has(name)) return value ? ` ${name}=""` : ''
  const known = isMark(name) ? name : names.get(name)
  const isText = typeof value === 'string' || typeof value === 'number'
  if (known === undefined || !(isText || (typeof value === 'boolean' && isMark(name)))) return null
  const text = String(value)
  return addresses.has(name) && !isPlain(text) ? null : ` ${known}="${escaped(text)}"`
}

/** The attributes of an element as they stand in its tag; null where one of them is for React. */
export function attributesText(props: Readonly<Record<string, unknown>>): string | null {
  let text = ''
  for (const name of Object.keys(props)) {
    if (name === 'children' || name === 'dangerouslySetInnerHTML') continue
    const one = attributeText(name, props[name])
    if (one === null) return null
    text += one
  }
  return text
}
