import type { FileSettings } from './settings.ts'
import { type FileStore, folderStore } from './store.ts'

/** The store as it is, without seals: bytes go in and come out as they were. The S3 client is loaded only where it is wanted. */
export async function openFiles(settings: FileSettings): Promise<FileStore> {
  if (settings.kind === 'folder') return folderStore(settings.dir)
  const { bucketStore } = await import('./store-s3.ts')
  return bucketStore(settings)
}
