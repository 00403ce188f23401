/** A browser without script: it keeps cookies, reads forms out of pages and posts them as they stand. */
import { type RawAnswer, rawRequest } from './raw-request.ts'

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#x27': "'",
  '#39': "'",
}
const decoded = (text: string) => text.replace(/&(#?\w+);/g, (whole, name) => entities[name] ?? whole)

/** The attributes of one tag; one without a value is ''. */
const attributesOf = (tag: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...tag.matchAll(/\s([\w:-]+)(?:="([^"]*)")?/g)].map(([, name = '', value = '']) => [
      name,
      decoded(value),
    ]),
  )

export interface PageForm {
  /** Where it posts to; the page itself where it does not say. */
  readonly action: string
  /** What the page filled in, Next's own hidden fields among it; buttons are not pressed. */
  readonly fields: ReadonlyMap<string, string>
}

/** The first form of a page that has all of these texts in it. */
export function formWith(html: string, path: string, ...texts: readonly string[]): PageForm {
  const found = [...html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)].find(([whole]) =>
    texts.every((text) => whole.includes(text)),
  )
  if (!found) throw new Error(`no form with ${texts.join(', ')} on ${path}`)
  const [, own = '', inside = ''] = found
  const fields = new Map<string, string>()
  for (const [tag] of inside.matchAll(/<input\b[^>]*>/g)) {
    const { name, type, value = '', ...rest } = attributesOf(tag)
    if (!name || type === 'file' || ((type === 'radio' || type === 'checkbox') && !('checked' in rest)))
      continue
    fields.set(name, value)
  }
  for (const [, tag = '', options = ''] of inside.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) {
    const all = [...options.matchAll(/<option\b[^>]*>/g)].map(([option]) => attributesOf(option))
    const chosen = all.find((option) => 'selected' in option) ?? all[0]
    const { name } = attributesOf(tag)
    if (name) fields.set(name, chosen?.value ?? '')
  }
  return { action: attributesOf(own).action || path, fields }
}

export class PlainBrowser {
  readonly #cookies = new Map<string, string>()
  readonly #origin: () => string
  readonly #server: () => string

  /**
   * `origin` is asked at every request: a server that starts again has another port. `server` is who answers, where another
   * address stands for it: one of several behind a proxy.
   */
  constructor(origin: () => string, server = origin) {
    this.#origin = origin
    this.#server = server
  }

  /** What it would send as its `cookie` header. */
  get cookie(): string {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ')
  }

  async #send(path: string, request: Parameters<typeof rawRequest>[1] = {}): Promise<RawAnswer> {
    const { cookie } = this
    const headers = { ...request.headers, ...(cookie === '' ? {} : { cookie }) }
    const answer = await rawRequest(this.#server() + path, { ...request, headers })
    for (const line of answer.headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      this.#cookies.set(name, value)
    }
    return answer
  }

  get(path: string): Promise<RawAnswer> {
    return this.#send(path)
  }

  /** The page at this address; throws for anything but 200. */
  async page(path: string): Promise<string> {
    const { status, body, headers } = await this.get(path)
    if (status !== 200) throw new Error(`${path} answered ${status} ${headers.location ?? ''}`)
    return body
  }

  /** Posts a form with these values over what the page filled in; gives the status and where it leads. */
  async post(
    form: PageForm,
    values: Readonly<Record<string, string | Blob>> = {},
  ): Promise<{ status: number; location: string }> {
    const { status, headers } = await this.submit(form, values)
    return { status, location: headers.location ?? '' }
  }

  /** The same; gives the whole answer. */
  async submit(
    { action, fields }: PageForm,
    values: Readonly<Record<string, string | Blob>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<RawAnswer> {
    const data = new FormData()
    for (const [name, value] of new Map<string, string | Blob>([...fields, ...Object.entries(values)]))
      typeof value === 'string'
        ? data.append(name, value)
        : data.append(name, value, value instanceof File ? value.name : 'picture.jpg')
    const encoded = new Response(data)
    const body = Buffer.from(await encoded.arrayBuffer())
    return this.#send(action, {
      method: 'POST',
      body,
      headers: {
        ...headers,
        origin: this.#origin(),
        'content-type': encoded.headers.get('content-type') ?? '',
        'content-length': String(body.length),
      },
    })
  }
}
