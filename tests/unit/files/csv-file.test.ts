import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { expect, it } from 'vitest'
import { encodingOf, isUtf16, textOf } from '#lib/files/csv-file.ts'
import { testFolder } from '#tests/support/folder.ts'

const fileOf = async (content: string | Buffer) => {
  const file = path.join(await testFolder(), 'a.csv')
  await writeFile(file, content)
  return file
}
const read = async (source: string | Buffer) => {
  let text = ''
  for await (const piece of textOf(source, await encodingOf(source))) text += piece
  return text
}
/** 休,元旦 */
const gb = Buffer.from([0xd0, 0xdd, 0x2c, 0xd4, 0xaa, 0xb5, 0xa9])

it('reads UTF-8 with a mark at its beginning, and without', async () => {
  expect(await read(await fileOf('\uFEFF休,元旦'))).toBe('休,元旦')
  expect(await read(await fileOf('休,元旦'))).toBe('休,元旦')
  expect(await read(await fileOf(''))).toBe('')
})

it('reads GB 18030 without being told', async () => expect(await read(await fileOf(gb))).toBe('休,元旦'))

it('knows UTF-16 by its mark, in either order of bytes', async () => {
  const little = Buffer.from('\uFEFF休,元旦', 'utf16le')
  for (const wide of [little, Buffer.from(little).swap16()]) {
    expect(await isUtf16(wide)).toBe(true)
    expect(await isUtf16(await fileOf(wide))).toBe(true)
  }
  for (const other of [gb, Buffer.from('\uFEFF休,元旦'), Buffer.alloc(0), Buffer.from([0xff])])
    expect(await isUtf16(other)).toBe(false)
})

it('takes a file neither can read for UTF-8, and marks what it could not', async () =>
  expect(
    await read(await fileOf(Buffer.concat([Buffer.from('休,'), Buffer.from([0xff]), Buffer.from(',x')]))),
  ).toBe('休,\uFFFD,x'))

it('is not misled by a character that the first piece cuts in two', async () => {
  const text = `${'a'.repeat(256 * 1024 - 1)}休`
  expect(await read(await fileOf(text))).toBe(text)
})

it('reads bytes as it reads a file', async () => {
  const text = `${'a'.repeat(256 * 1024 - 1)}休`
  expect(await read(Buffer.from(text))).toBe(text)
  expect(await read(gb)).toBe('休,元旦')
  expect(await read(Buffer.alloc(0))).toBe('')
})
