/**
 * The words of the pages the door answers with itself. Plain data without imports:
 * the door is copied beside a standalone build, where nothing else of the project exists.
 */
export interface PageWords {
  title: string
  advice: string
}

export const doorWords = {
  service: '会计人员统一服务管理平台',
  home: '首页',
  reference: '请求编号',
  keepReference: '联系会计管理部门时，请提供这个编号。',
  notOfficial: '开源实现，非官方网站',
}

/** A 503 because the store is full, read-only, locked or gone, and not because many people come. */
export const unavailableWords: Record<'saving' | 'reading', PageWords> = {
  saving: {
    title: '系统暂时无法保存，请稍后再试',
    advice:
      '没有确认这次提交已经保存。您填写的内容一般还在上一页：请按浏览器的“后退”返回，先不要关闭页面，约一分钟后再提交一次。以前保存的内容不会丢失。',
  },
  reading: {
    title: '系统暂时无法打开这项内容，请稍后再试',
    advice: '请约一分钟后刷新本页。已保存的内容不会丢失。',
  },
}

export const pageWords: Record<number, PageWords> = {
  400: { title: '无法识别这次请求', advice: '请检查网址是否完整，或从首页重新进入。' },
  403: {
    title: '这次提交没有被接受',
    advice: '提交不是从本网站的页面发出的。请从首页进入，打开相应页面后重新提交。',
  },
  404: {
    title: '没有找到这个页面',
    advice: '网址可能有误，或者您的账号不能查看这项内容。请从首页重新进入；如未登录，请先登录。',
  },
  405: { title: '不能这样打开这个页面', advice: '请从首页重新进入，按页面上的按钮操作。' },
  408: {
    title: '这次提交没有传完',
    advice: '网络较慢，内容没有在规定的时间内传到。请返回上一页，网络好转后重新提交。',
  },
  409: {
    title: '网站刚刚更新，请返回上一页，刷新后再提交',
    advice: '您填写的内容还在上一页。请先抄录或保留，再刷新页面并重新提交。',
  },
  411: {
    title: '这次提交缺少长度信息',
    advice: '请换用常见浏览器的最新版本，返回上一页后重新提交。',
  },
  413: {
    title: '提交的内容太大',
    advice: '请返回上一页，换用较小的文件或减少文字后重新提交。每项要求写在该项的旁边。',
  },
  429: { title: '操作太频繁', advice: '请稍等几分钟，再返回上一页重试。' },
  500: {
    title: '系统出现故障，这次操作没有完成',
    advice: '请返回上一页稍后重试。如果仍然出现，请把下面的请求编号告诉会计管理部门。',
  },
  503: { title: '现在办理的人较多', advice: '请等候约一分钟，再返回上一页重试。已保存的内容不会丢失。' },
}
