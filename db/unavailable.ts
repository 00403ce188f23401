/** Which faults say that a store cannot be used at present, and the mark they leave on the request that met one (OPS-1). */

/** Driver error codes, from the outermost error to its root cause: drizzle wraps what drivers throw. */
export function codesOf(error: unknown): string[] {
  const codes: string[] = []
  let at = error
  for (let depth = 0; depth < 8 && at instanceof Error; depth += 1) {
    if ('code' in at && typeof at.code === 'string') codes.push(at.code)
    at = at.cause
  }
  return codes
}

/** PostgreSQL's own code for a connection that failed: its driver gives none. */
export const connectionFailed = '08006'

const away = [
  // Full, read-only, I/O errors, locked for too long, no file, a damaged one.
  /^SQLITE_(FULL|READONLY|IOERR|BUSY|PROTOCOL|CANTOPEN|CORRUPT|NOTADB)(_|$)/,
  // Connection lost, resources (disk, connections) used up, I/O errors of the server, shutting down or starting up, a standby.
  /^(08|53|58)[0-9A-Z]{3}$|^57P0[1-5]$|^25006$|^XX00[12]$/,
  // The network and the disk as Node names them.
  /^E(CONNREFUSED|CONNRESET|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN)$/,
  /^E(NOSPC|DQUOT|ROFS|IO|MFILE|NFILE|ACCES|PERM)$/,
  // A bucket that does not answer (lib/files/store-s3.ts).
  /^files-unavailable$/,
]

const connection = /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered)/

/** What the driver throws without a code when it has lost its connection, or gets none from its pool. */
export const isConnectionLost = (error: unknown): boolean => {
  let root = error
  for (let depth = 0; depth < 8 && root instanceof Error && root.cause instanceof Error; depth += 1)
    root = root.cause
  return root instanceof Error && codesOf(root).length === 0 && connection.test(root.message)
}

/** Whether this error says that a store is full, read-only, locked, damaged or gone: nothing a request could do better. */
export const isUnavailable = (error: unknown): boolean =>
  codesOf(error).some((code) => away.some((kind) => kind.test(code))) || isConnectionLost(error)

interface Open {
  getStore(): { unavailable: boolean } | undefined
}
const isOpen = (value: unknown): value is Open =>
  typeof value === 'object' && value !== null && 'getStore' in value && typeof value.getStore === 'function'

/**
 * Notes on the request under way that a store could not be used, so that the door says so instead of an unknown fault: it keeps
 * the mark as `lib/door/marks.ts` says, and neither room may import the other. Outside a request nothing happens.
 */
export function noteUnavailable(error: unknown): void {
  if (!isUnavailable(error)) return
  const marks: unknown = Reflect.get(globalThis, Symbol.for('app.marks'))
  const mark = isOpen(marks) ? marks.getStore() : undefined
  if (mark) mark.unavailable = true
}
