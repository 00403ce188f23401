import { expect, test } from 'vitest'
import { POST } from '#app/preferences/route.ts'

function post(fields: Record<string, string>, headers: Record<string, string> = {}) {
  const body = new URLSearchParams(fields).toString()
  return POST(
    new Request('http://127.0.0.1:3000/preferences', {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(body.length),
        ...headers,
      },
    }),
  )
}
const referer = 'http://127.0.0.1:3000/collection/basic?echo=a1'

test('a setting is kept for a year and one is back where one was', async () => {
  const answer = await post({ size: 'large' }, { referer })
  expect(answer.status).toBe(303)
  expect(answer.headers.get('location')).toBe('/collection/basic?echo=a1')
  expect(answer.headers.getSetCookie()).toEqual([
    'size=large; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax',
  ])
})

test('the other value clears it, and what was not posted stays', async () => {
  const answer = await post({ contrast: '' }, { referer })
  expect(answer.headers.getSetCookie()).toEqual(['contrast=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'])
})

test('nothing but the known values reaches a cookie', async () => {
  const answer = await post({ size: 'x; Domain=evil.example', other: '1' })
  expect(answer.headers.getSetCookie()).toEqual(['size=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'])
  expect(answer.headers.get('location')).toBe('/')
})

test('the posted address counts before the Referer, and only on this site', async () => {
  expect((await post({ back: '/login' }, { referer })).headers.get('location')).toBe('/login')
  expect((await post({ back: '//evil.example' }, { referer })).headers.get('location')).toBe('/')
})

test('a body without length or beyond the limit is not read', async () => {
  const bare = new Request('http://127.0.0.1:3000/preferences', { method: 'POST' })
  expect((await POST(bare)).status).toBe(411)
  expect((await post({ size: 'large' }, { 'content-length': '5000' })).status).toBe(413)
})
