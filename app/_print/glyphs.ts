import { Font } from '@react-pdf/renderer'
import { printFont, printFontFile } from '#lib/print/font.ts'

/** Whether the font has a character; reads the font when first asked. */
export async function glyphsOfFont(): Promise<(codePoint: number) => boolean> {
  const family = { fontFamily: printFont }
  if (!Font.getRegisteredFontFamilies().includes(printFont))
    Font.register({ family: printFont, src: printFontFile() })
  await Font.load(family)
  const { data } = Font.getFont(family)
  if (!data) throw new Error('the font was read and is not there')
  return (codePoint) => data.hasGlyphForCodePoint(codePoint)
}
