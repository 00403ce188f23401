/** Addresses of this service. Without imports, as everything the door is made of. */

/** The origin of an http(s) address, or null: never throws, so that it can judge what a stranger sends. */
export const originOf = (address: string | undefined): string | null => {
  if (address === undefined || !URL.canParse(address)) return null
  const { protocol, origin } = new URL(address)
  return protocol === 'http:' || protocol === 'https:' ? origin : null
}

/** The http origin of a host and a port; an IPv6 host stands in brackets. */
export const originAt = (host: string, port: number): string =>
  `http://${host.includes(':') ? `[${host}]` : host}:${port}`

/** Whether it means every address of the machine, and so is no address anybody could type. */
export const isEveryAddress = (host: string): boolean => host === '0.0.0.0' || host === '::'

/** The public origin: `APP_ORIGIN`, else where it listens. Throws a sentence that says what to set. */
export function publicOrigin(written: string | undefined, host: string, port: number): string {
  if (!written && isEveryAddress(host))
    throw new Error(
      `HOST=${host} is every address of this machine: set APP_ORIGIN to the one people open, such as http://127.0.0.1:${port}`,
    )
  const address = written || originAt(host, port)
  const origin = originOf(address)
  if (origin === null)
    throw new Error(`${written ? 'APP_ORIGIN' : 'HOST'} must make an http or https address, not "${address}"`)
  return origin
}
