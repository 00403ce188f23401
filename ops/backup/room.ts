import { statfs } from 'node:fs/promises'

const megabytes = (bytes: number) => `${Math.ceil(bytes / 1_000_000)} MB`

/** Throws a sentence where the disk of `folder` has not as much room as `needed` bytes. */
export async function assertRoom(folder: string, needed: number, what: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  const free = bavail * bsize
  if (free < needed)
    throw new Error(`${what} needs ${megabytes(needed)} in ${folder}, and ${megabytes(free)} are free there`)
}
