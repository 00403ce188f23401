/**
 * better-sqlite3 13 needs Node-API 10 (Node 22.14 or later); an older Node dies of a segmentation fault
 * without a word at the first database, so this is asked before the package is loaded.
 */
export function assertNodeApi(napi: string | undefined = process.versions.napi): void {
  if (Number(napi) >= 10) return
  throw new Error(
    `This program needs Node.js 24 (Node-API 10), but it is running on Node.js ${process.version} with Node-API ${napi}. ` +
      'Start it through npm ("npm start", "npm test", "npm run …"), which puts the right Node first, or install Node.js 24.',
  )
}
