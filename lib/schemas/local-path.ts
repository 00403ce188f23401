const base = 'http://local.invalid'

/**
 * The path and query of an http address (the Referer, a posted `back`), if a redirect there stays on this site,
 * else `/`. A path like `//evil.example` is another site to a browser.
 */
export function localPath(address: string | null | undefined): string {
  if (!address || !URL.canParse(address, base)) return '/'
  const { protocol, pathname, search } = new URL(address, base)
  const stays = /^https?:$/.test(protocol) && !pathname.startsWith('//')
  return stays ? pathname + search : '/'
}
