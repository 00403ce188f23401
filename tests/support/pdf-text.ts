/** Reads back what `@react-pdf/renderer` writes: its own shape of PDF with one font, and nothing else. */
import { inflateSync } from 'node:zlib'

interface PdfText {
  /** The text of each page without white space, in the order it was drawn. */
  readonly pages: readonly string[]
  /** Width and height in points, rounded. */
  readonly size: readonly number[]
}

const hexes = (list: string) =>
  [...list.matchAll(/<([0-9a-f ]+)>/gi)].map(([, hex = '']) => hex.replaceAll(' ', ''))
const utf16 = (hex: string) =>
  String.fromCharCode(...(hex.match(/.{4}/g) ?? []).map((unit) => Number.parseInt(unit, 16)))

/** Glyph → text, as somebody who copies from the document gets it. */
function readings(streams: readonly string[]): Map<string, string> {
  const maps = streams.filter((stream) => stream.includes('beginbfrange'))
  if (maps.length !== 1) throw new Error(`${maps.length} fonts instead of one`)
  const read = new Map<string, string>()
  for (const [, first = '', list = ''] of (maps[0] ?? '').matchAll(/<(\w+)> <\w+> \[([^\]]*)\]/g))
    for (const [index, hex] of hexes(list).entries())
      read.set((Number.parseInt(first, 16) + index).toString(16).padStart(4, '0'), utf16(hex))
  return read
}

export function pdfText(pdf: Uint8Array): PdfText {
  const file = Buffer.from(pdf).toString('latin1')
  const streams = [...file.matchAll(/\/FlateDecode[^>]*>>\s*stream\n([\s\S]*?)\nendstream/g)].map(
    ([, body = '']) => inflateSync(Buffer.from(body, 'latin1')).toString('latin1'),
  )
  const read = readings(streams)
  const pages = streams
    .filter((stream) => stream.includes('] TJ'))
    .map((stream) =>
      [...stream.matchAll(/\[([^\]]*)\] TJ/g)]
        .flatMap(([, shown = '']) => hexes(shown).flatMap((hex) => hex.match(/.{4}/g) ?? []))
        .map((glyph) => read.get(glyph) ?? '\uFFFD')
        .join('')
        .replace(/\s/g, ''),
    )
  return {
    pages,
    size: (/\/MediaBox \[0 0 ([^\]]*)\]/.exec(file)?.[1] ?? '')
      .split(' ')
      .map((side) => Math.round(Number(side))),
  }
}
