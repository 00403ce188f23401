/** What the page says while the browser makes a picture fit (BAS-1, BAS-3); what is wrong is said as the server says it. */
import type { Issue } from '#lib/domain/result.ts'
import { pictureIssues } from './issues-picture.ts'

/** What only the browser says. */
const seen: Readonly<Record<string, string>> = {
  'look-dark': '图片偏暗，看不清的图片可能被退回；可以换到明亮的地方重新拍摄',
  'look-blurred': '图片可能模糊，请确认文字或面部清楚；不清楚的请重新拍摄',
  'look-background': '照片背景可能不干净，标准证件照应是单一颜色的背景',
}

/** `send` is the word of the button that sends it. */
export const fitWords = {
  working: '正在处理图片，请稍候',
  workingOne: (position: number, count: number) => `正在处理第 ${position} 张，共 ${count} 张`,
  fitted: (width: number, height: number, size: string, send: string) =>
    `图片已压缩为 ${width}×${height} 像素、${size}，请点${send}`,
  cut: (width: number, height: number, size: string, send: string) =>
    `照片已裁剪为 ${width}×${height} 像素、${size}，请点${send}`,
  chosen: (count: number) => `已选择 ${count} 张图片，请点上传`,
  hint: '提示：',
  about: (name: string) => `${name}：`,
  sendingOne: (position: number, count: number) => `正在上传第 ${position} 张，共 ${count} 张`,
  sent: (count: number) => `${count} 张图片已上传`,
  /** The sending broke off: the rest is still chosen. */
  broken: (sent: number, count: number) =>
    `共 ${count} 张，已上传 ${sent} 张；其余没有传完，请检查网络后再点上传`,
  refused: (count: number) => `${count} 张图片没有保存`,
  crop: {
    title: '裁剪证件照',
    lead: (send: string) => `拖动照片，让头部和肩部在框内；直接点${send}，就按框里的样子上传。`,
    frame: '裁剪框',
    keys: '方向键移动照片，加号和减号放大、缩小',
    zoom: '放大',
    across: '左右',
    upright: '上下',
    times: (zoom: number) => `${zoom.toFixed(1)} 倍`,
    percent: (share: number) => `${Math.round(share)}%`,
    use: '使用这张照片',
    cancel: '取消',
    kept: (send: string) => `没有裁剪，照片保持原样，请点${send}`,
    ready: '请裁剪照片',
  },
} as const

/** An issue of a picture, or a look of it, in the words of the server. */
export const pictureSentence = ({ code, params }: Pick<Issue, 'code' | 'params'>): string =>
  seen[code] ??
  pictureIssues[code]?.(params ?? {}, { label: '' }) ??
  pictureIssues['picture-interrupted']?.({}, { label: '' }) ??
  ''
