import { lostPictureWords as words } from '#lib/text/errors.ts'

const line = (text: string, index: number) => `<text x="36" y="${34 + index * 18}">${text}</text>`

/** What stands in the place of a picture whose file is missing or damaged: a picture that says so, an SVG of our own words alone. */
export const lostPictureSvg = (): string =>
  [
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 100" width="360" height="500" role="img">',
    `<title>${words.title}</title>`,
    '<rect x=".5" y=".5" width="71" height="99" fill="#fff" stroke="#b3261e"/>',
    '<g fill="#b3261e" font-family="sans-serif" font-size="13" text-anchor="middle">',
    ...words.lines.map(line),
    '</g></svg>',
  ].join('')
