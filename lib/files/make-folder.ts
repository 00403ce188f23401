import { mkdir } from 'node:fs/promises'

/** Makes a private folder with all above it. On a read-only disk Node says ENOENT of a folder it was to make; this says EROFS. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
    throw Object.assign(new Error('No folder can be made here', { cause: error }), { code: 'EROFS' })
  }
}
