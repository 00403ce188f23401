import { type Echo, echoOf } from '#lib/action/echo.ts'
import { errorWords } from '#lib/text/ui.ts'

export type Search = Promise<Readonly<Record<string, string | string[] | undefined>>>

/** The echo of this very page; one that another page left is none of its business. */
export async function ownEcho(search: Search, page: string): Promise<Echo | null> {
  const found = await echoOf((await search).echo, page)
  return found?.page === page ? found : null
}

/** The page's title, which says so where something is to be mended. */
export const titled = (title: string, wrong: { readonly issues: readonly unknown[] } | null) => ({
  title: `${wrong?.issues.length ? errorWords.prefix : ''}${title}`,
})
