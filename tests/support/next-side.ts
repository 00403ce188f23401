/**
 * Next's side of pages and actions: one browser's cookies, and the two ways to leave. A test file says so itself, because
 * mocks are hoisted where they stand:
 * `vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)`, and so on.
 */
import { renderToStaticMarkup } from 'react-dom/server'

export const jar = new Map<string, { value: string }>()

export const headersSide = {
  cookies: async () => ({
    get: (name: string) => jar.get(name),
    set: (name: string, value: string) => void jar.set(name, { value }),
    delete: (name: string) => void jar.delete(name),
  }),
  headers: async () => new Headers({ 'x-client-ip': '192.0.2.7' }),
}

export const navigationSide = {
  redirect: (to: string) => {
    throw new Error(`303 ${to}`)
  },
  notFound: () => {
    throw new Error('404')
  },
  useRouter: () => ({}),
}

export const cacheSide = { revalidatePath: () => undefined }

/** How work ends: `303 <address>`, `404`, what was thrown on, or `nothing`. */
export const ended = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'nothing',
    (error: unknown) => (error instanceof Error ? error.message : ''),
  )

/** Where a posted form leads. */
export function posted(
  action: (data: FormData) => Promise<void>,
  values: Readonly<Record<string, string>>,
): Promise<string> {
  const data = new FormData()
  for (const [name, value] of Object.entries(values)) data.append(name, value)
  return ended(action(data))
}

type Search = Record<string, string | string[] | undefined>
export type ShownPage = (props: { searchParams: Promise<Search> }) => Promise<React.ReactNode>

/** What a page shows, or where it sends the browser. */
export const shown = async (page: ShownPage, search: Search = {}): Promise<string> => {
  try {
    return renderToStaticMarkup(await page({ searchParams: Promise.resolve(search) }))
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}
