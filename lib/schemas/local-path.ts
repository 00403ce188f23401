/**
 * The path and query of an address, if a redirect there stays on this site, else `/`.
 * A path like `//evil.example` or `/\evil.example` is another site to a browser.
 */
export function localPath(address: string | null | undefined): string {
  const base = 'http://local.invalid'
  if (!address || !URL.canParse(address, base)) return '/'
  const { pathname, search } = new URL(address, base)
  const path = pathname + search
  return new URL(path, base).origin === base && !/^\/[/\\]/.test(path) ? path : '/'
}
