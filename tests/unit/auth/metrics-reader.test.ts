import { expect, it } from 'vitest'
import { mayReadMetrics } from '#lib/auth/metrics-reader.ts'
import { isDirect } from '#lib/door/request-headers.ts'

const token = 'a-token-of-sixteen-and-more'
const may = (headers: Record<string, string>, set?: string) => mayReadMetrics(new Headers(headers), set)

it('lets this machine read, and who shows the token', () => {
  expect(may({ 'x-direct': '1' })).toBe(true)
  expect(may({ authorization: `Bearer ${token}` }, token)).toBe(true)
})

it.each<Record<string, string>>([
  {},
  { authorization: 'Bearer ' },
  { authorization: token },
  { authorization: `Bearer ${token}x` },
  { authorization: `Basic ${token}` },
  { authorization: 'Bearer undefined' },
  { 'x-direct': '0' },
])('lets nobody else: %o', (headers) => {
  expect(may(headers, token)).toBe(false)
  expect(may(headers)).toBe(false)
})

it('has no token where none is set', () => {
  expect(may({ authorization: `Bearer ${token}` })).toBe(false)
})

it('takes for this machine itself who asks it by its own name, on it', () => {
  for (const host of ['127.0.0.1:3000', 'localhost:3000', '[::1]:3000', '127.0.0.1'])
    for (const socket of ['127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(isDirect({ host }, socket), `${host} ${socket}`).toBe(true)
})

const here = { host: '127.0.0.1:3000' }
it.each([
  [{ ...here }, '10.0.0.9'],
  [{ ...here }, ''],
  [{}, '127.0.0.1'],
  [{ host: 'acc.example' }, '127.0.0.1'],
  [{ host: '127.evil.example' }, '127.0.0.1'],
  [{ host: ' ' }, '127.0.0.1'],
  [{ ...here, 'x-forwarded-for': '1.2.3.4' }, '127.0.0.1'],
  [{ ...here, 'x-forwarded-proto': 'https' }, '127.0.0.1'],
  [{ ...here, forwarded: 'for=1.2.3.4' }, '127.0.0.1'],
  [{ ...here, 'x-real-ip': '1.2.3.4' }, '::1'],
  [{ ...here, via: '1.1 proxy' }, '::1'],
])('takes for passed on: %o from %s', (headers, socket) => {
  expect(isDirect(headers, socket)).toBe(false)
})
