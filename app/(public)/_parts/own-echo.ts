import { echoOf } from '#lib/action/echo.ts'

export type Search = Promise<Readonly<Record<string, string | string[] | undefined>>>

/** The echo of this very page; one that another page left is none of its business. */
export const ownEcho = async (search: Search, page: string) => echoOf((await search).echo, page)
