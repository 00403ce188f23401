import { expect, it } from 'vitest'
import { errorPage } from '#lib/door/error-page.ts'
import { doorSettings } from '#lib/door/settings.ts'
import { pageWords } from '#lib/text/door.ts'

it('listens on loopback and knows both its names', () => {
  expect(doorSettings({}, false)).toMatchObject({
    host: '127.0.0.1',
    port: 3000,
    origins: ['http://127.0.0.1:3000', 'http://localhost:3000'],
    maxPages: 64,
    maxUploads: 200,
    trustProxy: false,
  })
})

it('takes the public origin without path or trailing slash, and gives it no twin', () => {
  expect(doorSettings({ APP_ORIGIN: 'https://Acc.Example/' }, false).origins).toEqual(['https://acc.example'])
})

it.each([
  { PORT: 'x' },
  { MAX_PAGES: '-1' },
  { APP_ORIGIN: 'acc.example' },
  { APP_ORIGIN: 'ftp://a.example' },
])('says what is wrong with %o', (env) => {
  const [name] = Object.keys(env)
  expect(() => doorSettings(env, false)).toThrow(name)
})

it('asks for the public origin when it listens on every address', () => {
  for (const HOST of ['0.0.0.0', '::']) expect(() => doorSettings({ HOST }, false)).toThrow('set APP_ORIGIN')
  const named = doorSettings({ HOST: '0.0.0.0', APP_ORIGIN: 'http://127.0.0.1:8080' }, false)
  expect(named).toMatchObject({
    host: '0.0.0.0',
    origins: ['http://127.0.0.1:8080', 'http://localhost:8080'],
  })
  expect(doorSettings({ HOST: '::1', APP_ORIGIN: '', PORT: '' }, false).origins).toEqual([
    'http://[::1]:3000',
  ])
})

it.each(Object.keys(pageWords).map(Number))('has a page for %d that says what to do', (status) => {
  const words = pageWords[status]
  const page = errorPage(status, 'id-1', 'nonce-1')
  expect(page).toContain(`<h1>${words?.title}</h1>`)
  expect(page).toContain(`<p>${words?.advice}</p>`)
  expect(page).toContain('<a href="/">首页</a>')
  expect(page).toContain('id-1')
  expect(page).toContain('<style nonce="nonce-1">')
})

it('speaks for a status without words as for its family', () => {
  expect(errorPage(418, 'a', 'b')).toContain(pageWords[400]?.title)
  expect(errorPage(502, 'a', 'b')).toContain(pageWords[500]?.title)
})
