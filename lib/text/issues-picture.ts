import type { IssueWords } from './issues.ts'
import { sizeWords } from './picture-rules.ts'

const sizeOf = (bytes: string | number | undefined) => sizeWords(Number(bytes))
/** Rounded away from the limit it misses, so that 10,239 bytes never read as 10KB. */
const rounded = (bytes: string | number | undefined, round: (n: number) => number) =>
  `${round((Number(bytes) / 1024) * 10) / 10}KB（${bytes} 字节）`
const tooSmall = (bytes: string | number | undefined) => rounded(bytes, Math.floor)
const tooLarge = (bytes: string | number | undefined) => rounded(bytes, Math.ceil)
const mp = (pixels: string | number | undefined) => `${Math.round(Number(pixels) / 1_000_000)} 百万像素`

/** What is wrong with a picture: the measured value, the limit, what to do (BAS-1, BAS-3). */
export const pictureIssues: IssueWords = {
  'photo-format': () => '证件照不是 jpg 图片，请换成 jpg 格式（改文件名不会改变格式）',
  'photo-too-small-bytes': ({ measured, limit }) =>
    `照片大小 ${tooSmall(measured)}，至少需要 ${sizeOf(limit)}，请换一张更清晰的照片`,
  'photo-too-large-bytes': ({ measured, limit }) =>
    `照片大小 ${tooLarge(measured)}，最多 ${sizeOf(limit)}，请压缩后再上传`,
  'photo-too-narrow': ({ measured, limit }) =>
    `照片宽 ${measured} 像素，至少需要 ${limit} 像素，请换一张更大的照片`,
  'photo-too-short': ({ measured, limit }) =>
    `照片高 ${measured} 像素，至少需要 ${limit} 像素，请换一张更大的照片`,
  'photo-too-many-pixels': ({ measured, limit }) =>
    `照片共 ${mp(measured)}，最多 ${mp(limit)}，请缩小后再上传`,
  'proof-format': () => '这不是 jpg 或 png 图片，请换成 jpg 或 png 格式（改文件名不会改变格式）',
  'proof-too-small-bytes': ({ measured, limit }) =>
    `图片大小 ${tooSmall(measured)}，需要大于 ${sizeOf(limit)}，请换一张更清晰的图片`,
  'proof-too-large-bytes': ({ measured, limit }) =>
    `图片大小 ${tooLarge(measured)}，不能超过 ${sizeOf(limit)}，请压缩或裁剪后再上传`,
  'proof-too-many-pixels': ({ measured, limit }) =>
    `图片共 ${mp(measured)}，最多 ${mp(limit)}，请缩小后再上传`,
  'picture-heic': () =>
    '这是 HEIC（HEIF）格式的照片，请换成 jpg 格式：在手机相机的格式设置里选“兼容性最佳”后重新拍摄，或用相册“导出为 JPEG”',
  'picture-unreadable': () => '这张图片打不开，文件可能不完整，请重新拍摄或换一张',
  'picture-none': () => '请先选择一张图片，再点上传',
  'picture-too-large': ({ limit }) => `文件太大，这里的图片最多 ${sizeOf(limit)}，请压缩后再上传`,
  'picture-interrupted': () => '图片没有传完，请检查网络后再上传一次',
  'picture-busy': () => '服务器正忙，图片没有保存，请稍后再上传一次',
  'slot-full': ({ limit }) => `这里最多放 ${limit} 张图片，请先删除不需要的`,
  'uploads-too-many': () => '上传太频繁，请过一小时再试；已经上传的图片都在',
}
