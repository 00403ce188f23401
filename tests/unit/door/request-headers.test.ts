import { expect, it } from 'vitest'
import { clientAddress, ownHeaders } from '#lib/door/request-headers.ts'

const settings = { origins: ['http://127.0.0.1:3000', 'http://localhost:3000'] as const, trustProxy: false }

const cleaned = (headers: Record<string, string>, trustProxy = false) => {
  ownHeaders(headers, '::ffff:10.0.0.9', { ...settings, trustProxy })
  return headers
}

it('drops what a client says about proxies and about Next’s inside', () => {
  const headers = cleaned({
    host: '127.0.0.1:3000',
    forwarded: 'for=1.2.3.4',
    'x-forwarded-for': '1.2.3.4',
    'x-forwarded-host': 'evil.example',
    'x-forwarded-proto': 'https',
    'x-real-ip': '1.2.3.4',
    'x-client-ip': '1.2.3.4',
    'x-middleware-subrequest': 'a',
    'x-action-forwarded': '1',
    'x-nonce': 'a',
    'x-path': '//evil.example',
    'x-framed': '1',
    'x-direct': '1',
    cookie: 'sid=1',
  })
  expect(headers).toEqual({
    host: '127.0.0.1:3000',
    'x-forwarded-host': '127.0.0.1:3000',
    'x-forwarded-proto': 'http',
    'x-client-ip': '10.0.0.9',
    cookie: 'sid=1',
  })
})

it('replaces a foreign Host and keeps the loopback twin a browser uses', () => {
  expect(cleaned({ host: 'evil.example' }).host).toBe('127.0.0.1:3000')
  expect(cleaned({ host: 'localhost:3000' }).host).toBe('localhost:3000')
  expect(cleaned({ host: '127.0.0.1:3000', origin: 'http://localhost:3000' }).host).toBe('localhost:3000')
})

it('believes only the hop the trusted proxy wrote', () => {
  expect(clientAddress('9.9.9.9, 1.2.3.4', '10.0.0.9', true)).toBe('1.2.3.4')
  expect(clientAddress('2001:db8::1', '10.0.0.9', true)).toBe('2001:db8::1')
  expect(clientAddress('9.9.9.9, nonsense', '10.0.0.9', true)).toBe('10.0.0.9')
  expect(clientAddress(undefined, '::ffff:10.0.0.9', true)).toBe('10.0.0.9')
  expect(clientAddress('1.2.3.4', '10.0.0.9', false)).toBe('10.0.0.9')
})
