/** Where files are kept, as FILES_URL says it (OPS-3). */

/** A bucket of any S3-compatible service. */
export interface BucketSettings {
  readonly kind: 's3'
  readonly bucket: string
  /** Without one: Amazon's own of the region. */
  readonly endpoint: string | undefined
  readonly region: string
  /** '' or ends with '/'. */
  readonly prefix: string
  /** The bucket in the path instead of in the name of the host, as MinIO wants it. */
  readonly pathStyle: boolean
  readonly keyId: string
  readonly keySecret: string
}

export type FileSettings = { readonly kind: 'folder'; readonly dir: string } | BucketSettings

const form = 's3://bucket?endpoint=https://…&region=…&prefix=…&path-style=1'
const known: readonly string[] = ['endpoint', 'region', 'prefix', 'path-style']

const parsed = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

function endpointOf(text: string | null): string | undefined {
  if (text === null) return undefined
  const url = parsed(text)
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username !== '' || url.search !== '')
    throw new Error('FILES_URL: the endpoint must be an http or https address')
  return text
}

function prefixOf(text: string): string {
  const bare = text.replace(/^\/+|\/+$/g, '')
  if (!/^[\w.\-/]*$/.test(bare) || bare.includes('//'))
    throw new Error('FILES_URL: the prefix may hold letters, digits, and . _ - / only')
  return bare === '' ? '' : `${bare}/`
}

/** Reads FILES_URL; throws a sentence for what is none, or where a key to it is missing. */
export function readFilesUrl(
  text: string,
  keys: { readonly keyId: string | undefined; readonly keySecret: string | undefined },
): BucketSettings {
  const url = parsed(text)
  if (
    url?.protocol !== 's3:' ||
    url.hostname === '' ||
    !['', '/'].includes(url.pathname) ||
    url.username !== ''
  )
    throw new Error(`FILES_URL must look like ${form}`)
  const foreign = [...url.searchParams.keys()].find((name) => !known.includes(name))
  if (foreign !== undefined) throw new Error(`FILES_URL has no part "${foreign}": it looks like ${form}`)
  const { keyId, keySecret } = keys
  if (!keyId || !keySecret) throw new Error('FILES_URL needs AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY')
  const said = (name: string) => url.searchParams.get(name)
  return {
    kind: 's3',
    bucket: url.hostname,
    endpoint: endpointOf(said('endpoint')),
    region: said('region') ?? 'us-east-1',
    prefix: prefixOf(said('prefix') ?? ''),
    pathStyle: said('path-style') === '1',
    keyId,
    keySecret,
  }
}
