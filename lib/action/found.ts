import { notFound } from 'next/navigation'
import { isFault } from '#lib/domain/errors.ts'

/** What a page loads; what is not there, or outside the viewer's scope, is a 404 (SEC-1). */
export async function found<T>(load: Promise<T>): Promise<T> {
  try {
    return await load
  } catch (error) {
    if (isFault(error, 'not-found')) notFound()
    throw error
  }
}
