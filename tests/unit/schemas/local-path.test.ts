import fc from 'fast-check'
import { expect, test } from 'vitest'
import { localPath } from '#lib/schemas/local-path.ts'

test.each([
  ['/collection/education?echo=a1', '/collection/education?echo=a1'],
  ['http://127.0.0.1:3000/login?echo=x#errors', '/login?echo=x'],
  ['https://evil.example/collection', '/collection'],
  ['//evil.example/', '/'],
  ['/\\evil.example', '/'],
  ['https://here.example//evil.example/x', '/'],
  ['/a/..//evil.example', '/'],
  ['/%09/evil.example', '/%09/evil.example'],
  ['javascript:alert(1)', '/'],
  ['data:text/html,x', '/'],
  ['', '/'],
  [null, '/'],
])('%j leads to %s', (address, expected) => {
  expect(localPath(address)).toBe(expected)
})

test('a redirect there never leaves the site', () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        '/',
        '\\',
        '.',
        '..',
        ':',
        '@',
        '\t',
        '\n',
        '?',
        '#',
        'http:',
        'evil.example',
        '%2f',
        'a',
      ),
      {
        maxLength: 8,
      },
    )
    .map((parts) => parts.join(''))
  fc.assert(
    fc.property(fc.oneof(hostile, fc.webUrl(), fc.string()), (address) => {
      const path = localPath(address)
      expect(path.startsWith('/')).toBe(true)
      expect(new URL(path, 'https://own.example/page').origin).toBe('https://own.example')
    }),
    { numRuns: 2000 },
  )
})
