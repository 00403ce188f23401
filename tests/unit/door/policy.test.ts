import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { mayBeFramed, plainHeaders, policyFor, prerendered, scriptHashes } from '#lib/door/policy.ts'
import { paths } from '#lib/paths.ts'

const production = { dev: false }
const hashOf = (text: string) => `sha256-${createHash('sha256').update(text).digest('base64')}`

it('lets a dynamic page run only what carries its nonce', () => {
  expect(policyFor({ nonce: 'abc' }, production).split('; ')).toEqual([
    "default-src 'self'",
    "script-src 'self' 'nonce-abc' 'strict-dynamic'",
    "style-src 'self' 'nonce-abc'",
    "img-src 'self' data: blob:",
    "form-action 'self'",
    "frame-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "object-src 'none'",
  ])
})

it('lets one page stand in a frame, and in our own pages only', () => {
  const ancestors = (path: string) =>
    /frame-ancestors ([^;]*)/.exec(policyFor({ nonce: 'abc' }, production, path))?.[1]
  const framed = paths.reviewPicturesFrame('01J-a_9')
  expect(ancestors(framed)).toBe("'self'")
  for (const path of [
    '',
    '/',
    '/login',
    paths.reviewCase('01J'),
    paths.reviewPictures('01J'),
    `${framed}/`,
    `${framed}/more`,
    `/x${framed}`,
    `/${framed}`,
    framed.toUpperCase(),
    '/review/../login/pictures/frame',
    '/review/a/b/pictures/frame',
    '/review//pictures/frame',
    '/review/%2e%2e/pictures/frame',
  ])
    expect([path, ancestors(path), mayBeFramed(path)]).toEqual([path, "'none'", false])
})

it('names a prerendered page’s scripts by hash, without strict-dynamic', () => {
  const policy = policyFor({ hashes: ['sha256-x='] }, production)
  expect(policy).toContain("script-src 'self' 'sha256-x=';")
  expect(policy).not.toContain('strict-dynamic')
})

it('loosens scripts, styles and sockets in development only', () => {
  expect(policyFor({ nonce: 'abc' }, production)).not.toMatch(/unsafe|ws:/)
  const policy = policyFor({ nonce: 'abc' }, { dev: true })
  expect(policy).toContain("'unsafe-eval'")
  expect(policy).toContain("connect-src 'self' ws:")
})

it('promises https only where the public origin is https', () => {
  expect(plainHeaders('https://a.example')).toHaveProperty('strict-transport-security')
  expect(plainHeaders('http://127.0.0.1:3000')).not.toHaveProperty('strict-transport-security')
})

it('hashes inline scripts as browsers do, and no others', () => {
  const html =
    '<script src="/a.js" async=""></script><script>one()</script><script id="x">two(\n"</b>")</script>'
  expect(scriptHashes(html)).toEqual([hashOf('one()'), hashOf('two(\n"</b>")')])
})

it('finds every page rendered at build by its address', () => {
  const folder = mkdtempSync(join(tmpdir(), 'door-'))
  try {
    mkdirSync(join(folder, 'help'))
    writeFileSync(join(folder, 'index.html'), '<script>home</script>')
    writeFileSync(join(folder, 'help/photo.html'), '<script>photo</script>')
    writeFileSync(join(folder, 'page.js'), '')
    expect([...prerendered(folder)].sort()).toEqual([
      ['/', [hashOf('home')]],
      ['/help/photo', [hashOf('photo')]],
    ])
  } finally {
    rmSync(folder, { recursive: true })
  }
})
