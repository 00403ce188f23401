import { echoOf } from '#lib/action/echo.ts'

export type Search = Promise<Readonly<Record<string, string | string[] | undefined>>>

/** The echo of this very page; one that another page left is none of its business. */
export async function ownEcho(search: Search, page: string) {
  const echo = await echoOf((await search).echo)
  return echo?.page === page ? echo : null
}
