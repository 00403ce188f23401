import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceWords } from '#lib/text/devices.ts'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const android = 'Mozilla/5.0 (Linux; Android 14; SM-S9280) AppleWebKit/537.36 (KHTML, like Gecko)'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

describe('devices in words (ACC-8)', () => {
  it.each([
    [`${windows} Chrome/126.0.0.0 Safari/537.36`, 'Chrome · Windows'],
    [`${windows} Chrome/126.0.0.0 Safari/537.36 Edg/126.0.0.0`, 'Edge · Windows'],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0', 'Firefox · Linux'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15',
      'Safari · macOS',
    ],
    [`${iphone} Version/17.5 Mobile/15E148 Safari/604.1`, 'Safari · iPhone'],
    [`${iphone} Mobile/15E148 MicroMessenger/8.0.49(0x18003137) NetType/WIFI`, '微信 · iPhone'],
    [`${android} Version/4.0 Chrome/111.0 Mobile Safari/537.36 HuaweiBrowser/14.0`, '华为浏览器 · Android'],
    [
      'Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0 Safari/537.36',
      'Chrome · 鸿蒙',
    ],
    ['curl/8.5.0', '未知设备'],
    ['', '未知设备'],
  ])('%s', (agent, words) => expect(deviceWords(agent)).toBe(words))

  it('never repeat what somebody made the browser say', () =>
    fc.assert(
      fc.property(
        fc.string(),
        (agent) => deviceWords(`<${agent}>`) === '未知设备' || /^[\w ·一-鿿]+$/u.test(deviceWords(agent)),
      ),
    ))
})
