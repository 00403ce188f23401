import fc from 'fast-check'
import { expect, it, test } from 'vitest'
import { afterSignIn, nextPath } from '#app/(public)/login/_next.ts'

test.each([
  '/collection/education/row002',
  '/review',
  '/account/sessions',
  '/invitations/abc',
  '/cases/019d/print',
])('%s is a page to come back to', (path) => {
  expect(nextPath(path)).toBe(path)
})

test.each([
  '//evil.example',
  '///evil.example',
  '/\\evil.example',
  '\\\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  'https://evil.example/collection',
  'https:evil.example',
  'http://127.0.0.1:3000/collection',
  'javascript:alert(1)',
  'collection',
  '/a/..//evil.example',
  '/./collection',
  '/collection?done=saved',
  '/collection#main',
  '/',
  '',
])('%j is none', (path) => {
  expect(nextPath(path)).toBe('')
})

test.each(['/%2f%2fevil.example', '/%5cevil.example', '/%09/evil.example', '/%2e%2e//evil.example'])(
  '%s, which is encoded, stays an address here or is none',
  (path) => {
    expect(['', path]).toContain(nextPath(path))
    expect(new URL(afterSignIn('applicant', path), 'https://own.example').origin).toBe('https://own.example')
  },
)

it('takes one answer, not several', () => {
  expect(nextPath(['/collection', '//evil.example'])).toBe('')
  expect(nextPath(undefined)).toBe('')
})

it('leads to the page that was asked for, where it is one for this kind of account', () => {
  expect(afterSignIn('applicant', '/collection/basic')).toBe('/collection/basic')
  expect(afterSignIn('staff', '/review/019d')).toBe('/review/019d')
  expect(afterSignIn('staff', '/account/sessions')).toBe('/account/sessions')
  expect(afterSignIn('applicant', '/staff/invite')).toBe('/')
  expect(afterSignIn('applicant', '/review')).toBe('/')
  expect(afterSignIn('staff', '/collection/basic')).toBe('/review')
  expect(afterSignIn('staff', '')).toBe('/review')
  expect(afterSignIn('applicant', '')).toBe('/')
})

it('never leads off the site', () => {
  const parts = fc.constantFrom('/', '\\', '.', ':', '@', '\t', '?', '#', '%2f', '%5c', 'evil.example', 'a')
  const hostile = fc.array(parts, { maxLength: 8 }).map((all) => all.join(''))
  fc.assert(
    fc.property(fc.oneof(hostile, fc.webUrl(), fc.string()), (asked) => {
      const to = afterSignIn('applicant', asked)
      expect(new URL(to, 'https://own.example/login').origin).toBe('https://own.example')
      expect(to.startsWith('//')).toBe(false)
    }),
    { numRuns: 2000 },
  )
})
