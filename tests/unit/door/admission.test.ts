import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  admission,
  formLimit,
  laneOf,
  limitsOf,
  noLoad,
  sameOrigin,
  shareOf,
  uploadLimit,
} from '#lib/door/admission.ts'

const own = ['http://127.0.0.1:3000', 'http://localhost:3000']
const idle = noLoad()
const limits = limitsOf({ pages: 2, files: 3 })
const post = {
  method: 'POST',
  path: '/login',
  query: '',
  origin: own[0],
  contentLength: '10',
  hasSession: true,
}
const ask = (changes: object, load = idle, here = idle) =>
  admission({ ...post, ...changes }, own, load, limits, here)

describe('origin of a request that changes something', () => {
  it('accepts the public origin and its loopback twin', () => {
    for (const origin of own) expect(sameOrigin(origin, own)).toBe(true)
  })

  it.each([
    undefined,
    '',
    'null',
    'http://evil.example',
    'https://127.0.0.1:3000',
    'http://127.0.0.1:3001',
    'http://127.0.0.1',
    'http://127.0.0.1:3000.evil.example',
    'http://127.0.0.1:3000@evil.example',
    'http://127.0.0.1:3000/',
    'http://127.0.0.1:3000, http://evil.example',
    'file://',
  ])('refuses %s', (origin) => {
    expect(sameOrigin(origin, own)).toBe(false)
    expect(ask({ origin })).toEqual({ refused: 403 })
  })

  it('never throws and accepts nothing but its own, whatever is sent', () => {
    fc.assert(fc.property(fc.string(), (text) => sameOrigin(text, own) === own.includes(text)))
    fc.assert(fc.property(fc.webUrl(), (url) => !sameOrigin(url, own)))
  })

  it('is not asked of reading', () => {
    expect(ask({ method: 'GET', origin: undefined, contentLength: undefined })).toEqual({ lane: 'page' })
    expect(ask({ method: 'HEAD', origin: 'http://evil.example' })).toEqual({ lane: 'page' })
  })
})

describe('admission', () => {
  it.each(['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', ''])('refuses the method "%s"', (method) => {
    expect(ask({ method })).toEqual({ refused: 405 })
    expect(ask({ method, origin: undefined })).toEqual({ refused: 403 })
  })

  it.each(['/session', '/collection/autosave'])('asks what script posts to %s for our Origin too', (path) => {
    expect(ask({ path })).toEqual({ lane: 'page' })
    for (const origin of [undefined, 'null', 'https://evil.example'])
      expect(ask({ path, origin })).toEqual({ refused: 403 })
  })

  const callbacks = ['/identity/alipay/callback', '/exams/payment/notice']
  it.each(callbacks)('asks %s for no Origin, for POST alone: it carries a signature', (path) => {
    const callback = { path, origin: undefined }
    expect(ask(callback)).toEqual({ lane: 'page' })
    expect(ask({ ...callback, origin: 'https://openapi.alipay.com' })).toEqual({ lane: 'page' })
    expect(ask({ ...callback, method: 'PUT' })).toEqual({ refused: 403 })
    expect(ask({ ...callback, contentLength: undefined })).toEqual({ refused: 411 })
    expect(ask({ ...callback, contentLength: String(formLimit + 1) })).toEqual({ refused: 413 })
    fc.assert(
      fc.property(
        fc.webPath(),
        (other) => callbacks.includes(other) || 'refused' in ask({ path: other, origin: undefined }),
      ),
    )
  })

  it('wants to know the length of a body', () => {
    expect(ask({ contentLength: undefined })).toEqual({ refused: 411 })
  })

  it('caps forms and files apart, at the byte', () => {
    expect(ask({ contentLength: String(formLimit) })).toEqual({ lane: 'page' })
    expect(ask({ contentLength: String(formLimit + 1) })).toEqual({ refused: 413 })
    expect(ask({ path: '/files/photo', contentLength: String(uploadLimit) })).toEqual({ lane: 'file' })
    expect(ask({ path: '/files/photo', contentLength: String(uploadLimit + 1) })).toEqual({ refused: 413 })
  })

  it('counts pages and files apart, and never turns away a probe or an asset', () => {
    const pagesFull = { ...idle, page: 2, free: 999 }
    const filesFull = { ...idle, file: 3, free: 999 }
    expect(ask({}, pagesFull)).toEqual({ refused: 503 })
    expect(ask({ path: '/files/photo' }, pagesFull)).toEqual({ lane: 'file' })
    expect(ask({}, filesFull)).toEqual({ lane: 'page' })
    expect(ask({ path: '/files/photo' }, filesFull)).toEqual({ refused: 503 })
    for (const path of ['/healthz', '/readyz', '/metrics', '/_next/static/a.js']) {
      expect(ask({ method: 'GET', path }, { page: 9, entry: 9, file: 9, free: 9 })).toEqual({ lane: 'free' })
    }
  })

  it('refuses an address that is not a path', () => {
    expect(ask({ method: 'GET', path: 'http://evil.example/' })).toEqual({ refused: 400 })
    expect(ask({ method: 'OPTIONS', path: '*' })).toEqual({ refused: 400 })
  })

  it.each(['%00', '%01', '%1F', '%1f', '%7F', 'a%00b', '%08', '%0b', '%0E'])(
    'refuses an address that holds %s',
    (text) => {
      expect(ask({ method: 'GET', path: `/review/${text}` })).toEqual({ refused: 400 })
      expect(ask({ method: 'GET', query: `number=${text}` })).toEqual({ refused: 400 })
      expect(ask({ path: `/files/${text}` })).toEqual({ refused: 400 })
    },
  )

  it('takes what people paste, and characters beyond ASCII', () => {
    for (const text of [
      '%09',
      '%0A',
      '%0d',
      '%20',
      '%E5%BC%A0',
      '100%',
      '%2500',
      '%80',
      '%C2%80',
      '%f0%9f%98%80',
    ])
      expect(ask({ method: 'GET', path: `/a/${text}`, query: `q=${text}` })).toEqual({ lane: 'page' })
  })

  it('gives one network a quarter of a lane, and at least one place', () => {
    const wide = limitsOf({ pages: 64, files: 200 })
    const at = (changes: object, here: Partial<typeof idle>) =>
      admission({ ...post, ...changes }, own, idle, wide, { ...idle, ...here })
    expect(at({}, { page: 15, file: 200, free: 9 })).toEqual({ lane: 'page' })
    expect(at({}, { page: 16, file: 0, free: 0 })).toEqual({ refused: 503 })
    expect(at({ path: '/files/photo' }, { page: 16, file: 49, free: 0 })).toEqual({ lane: 'file' })
    expect(at({ path: '/files/photo' }, { page: 0, file: 50, free: 0 })).toEqual({ refused: 503 })
    expect(at({ method: 'GET', path: '/healthz' }, { page: 99, file: 99, free: 99 })).toEqual({
      lane: 'free',
    })
    expect(at({}, { page: 10, entry: 6 })).toEqual({ refused: 503 })
    expect(shareOf(limitsOf({ pages: 1, files: 1 }))).toMatchObject({ page: 1, entry: 1, file: 1 })
  })

  it('lets forms of people without a session fill half of the pages, and nobody else’s suffer', () => {
    const wide = limitsOf({ pages: 8, files: 1 })
    const at = (changes: object, load: Partial<typeof idle>) =>
      admission({ ...post, ...changes }, own, { ...idle, ...load }, wide)
    const stranger = { hasSession: false }
    expect(at(stranger, { entry: 3 })).toEqual({ lane: 'entry' })
    expect(at(stranger, { entry: 4 })).toEqual({ refused: 503 })
    expect(at({ ...stranger, method: 'GET' }, { entry: 4 })).toEqual({ lane: 'page' })
    expect(at({}, { entry: 4, page: 3 })).toEqual({ lane: 'page' })
    expect(at({}, { entry: 4, page: 4 })).toEqual({ refused: 503 })
    expect(at(stranger, { page: 8 })).toEqual({ refused: 503 })
    expect(at({ ...stranger, path: '/files/a' }, { entry: 4, page: 4 })).toEqual({ lane: 'file' })
  })

  it.each([
    '/_next/static/../../login',
    '/_next/static/%2e%2E/.%2e/login',
    '/files/..',
    '/healthz/./',
    '/a/%2e',
  ])('refuses the steps in %s, which lead to another place than the lane is for', (path) => {
    expect(ask({ method: 'GET', path })).toEqual({ refused: 400 })
    expect(ask({ path })).toEqual({ refused: 400 })
  })

  it('takes names that hold dots for names', () => {
    for (const path of ['/.well-known/x', '/a.b', '/a/..b', '/a/b..', '/a/...', '/a/%2ex'])
      expect(ask({ method: 'GET', path })).toEqual({ lane: 'page' })
  })

  it('lets only what lies there as a file pass by the line: for the rest of /_next/ a page is made', () => {
    for (const path of ['/_next/nothing', '/_next/image', '/_next/data/x.json'])
      expect(laneOf(path)).toBe('page')
  })

  it('takes only the files room itself for files', () => {
    expect(laneOf('/files')).toBe('page')
    expect(laneOf('/filesystem')).toBe('page')
    expect(laneOf('/healthz/more')).toBe('page')
  })
})
