import { expect, test } from 'vitest'
import { checkProof } from '#lib/schemas/attachment.ts'
import { pictureSentence } from '#lib/text/fit.ts'
import { issueText } from '#lib/text/issues.ts'

test('what the browser finds is said in the words of the server', () => {
  const found = checkProof({ format: 'other', bytes: 600_000, width: 0, height: 0, pixels: 0 }, 'file')
  expect(found.length).toBe(2)
  for (const issue of found) expect(pictureSentence(issue)).toBe(issueText(issue, { label: '' }))
})

test('looks and HEIC have words, and an issue of another room is told as a broken transfer', () => {
  for (const code of ['picture-heic', 'look-dark', 'look-blurred', 'look-background'])
    expect(pictureSentence({ code })).not.toMatch(/没有传完/)
  expect(pictureSentence({ code: 'consent-required' })).toMatch(/^图片没有传完/)
})
