/** What a browser says it is, in words: `Chrome · Windows`. A guess for people to recognise their own device by, nothing more. */

const unknownDevice = '未知设备'

/** In this order: most browsers claim to be others as well, so who says more comes first. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, '微信'],
  [/AlipayClient\//, '支付宝'],
  [/DingTalk\//, '钉钉'],
  [/\bMQQBrowser\/|\bQQBrowser\//, 'QQ 浏览器'],
  [/\bUCBrowser\//, 'UC 浏览器'],
  [/HuaweiBrowser\//, '华为浏览器'],
  [/MiuiBrowser\//, '小米浏览器'],
  [/QIHU|360SE|360EE/, '360 浏览器'],
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*Safari\//, 'Safari'],
]
const systems: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Macintosh|Mac OS X/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
]

const first = (known: typeof browsers, agent: string) => known.find(([mark]) => mark.test(agent))?.[1]

/** `agent` is the header `user-agent`, whatever it holds. */
export const deviceWords = (agent: string): string => {
  const parts = [first(browsers, agent), first(systems, agent)].filter((part) => part !== undefined)
  return parts.length > 0 ? parts.join(' · ') : unknownDevice
}
