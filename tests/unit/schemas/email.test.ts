import { expect, test } from 'vitest'
import { isEmail, normaliseEmail } from '#lib/schemas/email.ts'

test.each([
  ['Ｚhang@example.com', 'Zhang@example.com'],
  ['ｚｈａｎｇ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'zhang@example.com'],
  ['zhang@example。com', 'zhang@example.com'],
  ['zhang@example｡com', 'zhang@example.com'],
  ['　zhang@example.com\u200B ', 'zhang@example.com'],
  ['Zhang.San+1@Example.COM', 'Zhang.San+1@Example.COM'],
])('%s is read as %s', (typed, read) => {
  expect(normaliseEmail(typed)).toBe(read)
  expect(isEmail(read)).toBe(true)
})

test.each([
  '张三@example.com',
  'zhang@例子.中国',
  'zhang@éxample.com',
  'nobody',
  'nobody@example',
  'nobody@example.c',
  'no body@example.com',
  'nobody@@example.com',
  'a@b@example.com',
  '@example.com',
  'nobody@',
  'nobody@example..com',
  'nobody@-example.com',
  '.nobody@example.com',
  'no..body@example.com',
  '<nobody@example.com>',
])('%s is no address', (typed) => expect(isEmail(normaliseEmail(typed))).toBe(false))
