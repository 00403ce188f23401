/** Words of pages that stand in for another one, inside the frame; the door has its own (`door.ts`). */
export const notFoundWords = {
  title: '没有找到这个页面',
  text: '地址可能写错了，或者这个页面不对您开放。',
  home: '回到首页',
} as const
export const faultWords = {
  title: '页面暂时打不开',
  text: '已经保存的内容都在。请稍后再试；如果一直这样，请把下面的编号告诉我们。',
  retry: '再试一次',
  code: '编号',
} as const
/** In the place of a picture that is lost; four characters a line are what a small one holds. */
export const lostPictureWords = {
  title: '图片文件缺失或损坏，无法显示；如还可以修改，请重新上传',
  lines: ['图片缺失', '或已损坏', '无法显示'],
} as const
