/** The picture that is uploaded: of 1200 × 1600, as a telephone makes it. */
import sharp from 'sharp'

/** Soft noise takes as much work as a photograph; flat colour would take none. Always the same size in bytes, about 300 KB. */
export const benchPicture = (): Promise<Buffer> =>
  sharp({
    create: {
      width: 1200,
      height: 1600,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .blur(1.5)
    .jpeg({ quality: 80 })
    .toBuffer()
