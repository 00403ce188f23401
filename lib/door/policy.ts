/** Content-Security-Policy and the other headers every answer carries (SEC-4). */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import type { DoorSettings } from './settings.ts'

/** How a page's inline scripts are recognised: by this answer's nonce, or by the hashes of a prerendered file. */
export type Scripts = { nonce: string } | { hashes: readonly string[] }

type PolicySettings = Pick<DoorSettings, 'dev'>

/** The pictures beside the review form (REV-3): nothing else may stand in a frame, and that one only in our own pages. */
export const mayBeFramed = (path: string): boolean => /^\/review\/[\w-]+\/pictures\/frame$/.test(path)

/** `path` is what was asked for. */
export function policyFor(scripts: Scripts, { dev }: PolicySettings, path = ''): string {
  const named =
    'nonce' in scripts
      ? [`'nonce-${scripts.nonce}'`, "'strict-dynamic'"]
      : scripts.hashes.map((hash) => `'${hash}'`)
  const styleNonce = 'nonce' in scripts ? [`'nonce-${scripts.nonce}'`] : []
  const rules: Record<string, readonly string[]> = {
    'default-src': ["'self'"],
    'script-src': ["'self'", ...named, ...(dev ? ["'unsafe-eval'"] : [])],
    // A nonce switches 'unsafe-inline' off, and the development server injects styles without one.
    'style-src': dev ? ["'self'", "'unsafe-inline'"] : ["'self'", ...styleNonce],
    'img-src': ["'self'", 'data:', 'blob:'],
    ...(dev ? { 'connect-src': ["'self'", 'ws:'] } : {}),
    'form-action': ["'self'"],
    'frame-src': ["'self'"],
    'frame-ancestors': [mayBeFramed(path) ? "'self'" : "'none'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
  }
  return Object.entries(rules)
    .map(([rule, sources]) => `${rule} ${sources.join(' ')}`)
    .join('; ')
}

/** Headers that do not depend on the page. HSTS only where the public origin is https. */
export function plainHeaders(origin: string): Record<string, string> {
  return {
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=()',
    'cross-origin-opener-policy': 'same-origin',
    ...(origin.startsWith('https:') ? { 'strict-transport-security': 'max-age=31536000' } : {}),
  }
}

/** `sha256-…` of every inline script of a page, as a policy names them. */
export function scriptHashes(html: string): string[] {
  const inline = html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)
  return [...inline].map(
    ([, body]) =>
      `sha256-${createHash('sha256')
        .update(body ?? '')
        .digest('base64')}`,
  )
}

/** Address → script hashes of the pages that were rendered at build, under `.next/server/app`. */
export function prerendered(folder: string): ReadonlyMap<string, readonly string[]> {
  const pages = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.html'),
  )
  return new Map(
    pages.map((name) => {
      const address = `/${relative('.', name).split(sep).join('/').slice(0, -'.html'.length)}`
      return [address === '/index' ? '/' : address, scriptHashes(readFileSync(join(folder, name), 'utf8'))]
    }),
  )
}
