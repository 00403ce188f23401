/**
 * What a container is made of: the one list, for the image (Dockerfile) and for the test that runs the same without an engine.
 * Of packages, those the verbs and the server load by themselves are taken whole, so that nothing loaded late is missed; what is
 * only Next's own is taken as its build found it to be needed.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Sources that are run as they stand: the server with its door, the verbs, the migrations. */
export const sources = [
  'server.ts',
  'lib',
  'db',
  'ops',
  'drizzle',
  'package.json',
  'scripts/container-entry.sh',
]

/** Outputs of `next build`, and where they go. */
export const built = [
  ['.next/standalone/.next', '.next'],
  ['.next/standalone/node_modules', 'node_modules'],
  ['.next/static', '.next/static'],
  ['public', 'public'],
]

/** Only what the build traced of these: nothing but Next and its pages loads them, and most of them is for building, or for other weights of a font. */
export const asTraced = new Set(['next', 'next-auth', 'react-dom', '@expo-google-fonts/noto-sans-sc'])

/** Parts of packages that no server reads. */
export const isLeftOut = (path) =>
  /\.(map|md|markdown|d\.[cm]?ts|tsbuildinfo)$/.test(path) ||
  /node_modules\/better-sqlite3\/(deps|src)$/.test(path) ||
  /node_modules\/better-sqlite3\/prebuilds\/(?!linux-)[^/]+$/.test(path)

/** The folder in which a package at `at` ('' = ours) finds another, as Node looks for it; null where it is not installed: one of another platform. */
function placeOf(root, packages, at, name) {
  const parts = at === '' ? [] : at.slice('node_modules/'.length).split('/node_modules/')
  for (let depth = parts.length; depth >= 0; depth -= 1) {
    const place = ['', ...parts.slice(0, depth), name].join('/node_modules/').slice(1)
    if (packages[place]) return existsSync(join(root, place)) ? place : null
  }
  return null
}

/** Folders of the packages that are taken whole, as the lock file has them. */
export function wholePackages(root) {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const taken = new Set()
  const take = (at) => {
    const { dependencies = {}, optionalDependencies = {} } = packages[at] ?? {}
    const names =
      at === '' ? Object.keys(dependencies) : Object.keys({ ...dependencies, ...optionalDependencies })
    for (const name of names) {
      if (at === '' && asTraced.has(name)) continue
      const place = placeOf(root, packages, at, name)
      if (place === null || taken.has(place)) continue
      taken.add(place)
      take(place)
    }
  }
  take('')
  return [...taken].sort()
}
