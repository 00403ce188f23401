/** What every point stands beside: a bare Next application, bare Node with SQLite, and sharp alone. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { node24, projectEnv, root, run, serverEnv } from '../scripts/prepare.mjs'
import type { Point } from './point.ts'
import { clockOption } from './server.ts'
import { type Spawned, type SpawnWish, spawned } from './spawned.ts'

const nextCli = 'node_modules/next/dist/bin/next'
const app = 'bench/floor-next'

/** Over the files of the little application and the version of what builds it. */
function sourceHash(): string {
  const hash = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json')))
  const names = readdirSync(path.join(root, app), { recursive: true, encoding: 'utf8' })
  for (const name of names.filter((one) => /\.(jsx?|mjs)$/.test(one) && !one.startsWith('.')).sort())
    hash.update(name).update(readFileSync(path.join(root, app, name)))
  return hash.digest('hex')
}

/** `next build` of the little application where it changed since the last one. */
async function buildNext(): Promise<void> {
  const mark = path.join(root, app, '.next/source-hash')
  const wanted = sourceHash()
  if (existsSync(mark) && readFileSync(mark, 'utf8') === wanted) return
  console.log('Building the bare Next application …')
  const env = projectEnv({ NODE_ENV: 'production' })
  if ((await run(node24(), [nextCli, 'build', app], env)) !== 0)
    throw new Error('The build of the bare Next application failed: see the lines above.')
  writeFileSync(mark, wanted)
}

export interface Floors {
  readonly next: Spawned
  readonly node: Spawned
  readonly picture: Spawned
}

/** Starts all three, where nobody else can reach them; `kept` sees to it that each ends with the run. */
export async function startFloors(kept: (server: Spawned) => Spawned): Promise<Floors> {
  await buildNext()
  const env = serverEnv({ NODE_ENV: 'production', ...clockOption(0) })
  const started = async (wish: Omit<SpawnWish, 'env'> & { env?: Record<string, string> }) =>
    kept(await spawned({ ...wish, env: { ...env, ...wish.env } }))
  return {
    next: await started({
      name: 'the bare Next application',
      args: (port) => [nextCli, 'start', app, '--hostname', '127.0.0.1', '--port', String(port)],
      probe: '/',
    }),
    node: await started({
      name: 'the bare Node server',
      args: () => ['bench/floor-node/server.mjs'],
      env: { FLOOR_DIR: path.join(root, 'bench/.data/floor-node') },
      probe: '/',
    }),
    picture: await started({
      name: 'the picture server',
      args: () => ['bench/floor-picture.ts'],
      probe: '/',
    }),
  }
}

/** A save as a browser without script sends it. */
async function nextPost({ next }: Floors): Promise<Point> {
  const browser = new PlainBrowser(() => next.origin)
  const form = formWith(await browser.page('/post'), '/post', 'name="word"')
  return {
    actor: 'floor-next',
    name: 'post',
    ask: async () => {
      const { status } = await browser.post(form, { word: 'again' })
      if (status !== 303) throw new Error(`the bare Next post answered ${status}`)
      return ''
    },
  }
}

async function nextPage(floors: Floors): Promise<Point> {
  const browser = new PlainBrowser(() => floors.next.origin)
  // Leaves the cookie that the page reads.
  await browser.post(formWith(await browser.page('/post'), '/post', 'name="word"'), { word: 'first' })
  return { actor: 'floor-next', name: 'page', ask: () => browser.page('/') }
}

/** One request of bare Node, `path` and `body` as given; anything but `status` is an error. */
const plain = (
  name: string,
  origin: string,
  path: string,
  status: number,
  body?: string | Buffer,
): Point => ({
  actor: 'floor-node',
  name,
  ask: async () => {
    const post = body === undefined ? {} : { method: 'POST', body }
    const answer = await rawRequest(origin + path, { ...post, headers: { cookie: 'seen=1' } })
    if (answer.status !== status) throw new Error(`${name} answered ${answer.status}: ${answer.body}`)
    return answer.body
  },
})

/** What may stand beside a point. */
export async function floorPoints(floors: Floors, picture: Buffer) {
  const { next, node, picture: pictures } = floors
  return {
    page: [
      { subject: 'floor-next', server: next, point: await nextPage(floors) },
      { subject: 'floor-node', server: node, point: plain('page', node.origin, '/', 200) },
    ],
    post: [
      { subject: 'floor-next', server: next, point: await nextPost(floors) },
      { subject: 'floor-node', server: node, point: plain('post', node.origin, '/', 303, 'word=again') },
    ],
    picture: [
      { subject: 'sharp', server: pictures, point: plain('sharp', pictures.origin, '/sharp', 200, picture) },
      {
        subject: 'inspect',
        server: pictures,
        point: plain('inspect', pictures.origin, '/inspect', 200, picture),
      },
    ],
  }
}
