import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { encode } from 'uqr'
import { expect, it } from 'vitest'
import { QrCode } from '#app/_ui/qr-code.tsx'

const text = `https://openapi.alipay.com/gateway.do?sign=${'a%2B'.repeat(120)}&biz_content=%7B%22certify_id%22%3A%22x%22%7D`
const html = renderToStaticMarkup(createElement(QrCode, { text, label: '二维码' }))

it('draws exactly the modules of the code, with its quiet zone', () => {
  const { data, size } = encode(text, { border: 4 })
  const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, width] of html.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    drawn[Number(y)]?.fill(true, Number(x), Number(x) + Number(width))
  expect(drawn).toEqual(data)
  expect(html).toContain(`viewBox="0 0 ${size} ${size}"`)
})

it('is a picture with a name, and styled by nothing inline', () => {
  expect(html).toMatch(/^<svg role="img" aria-label="二维码"/)
  expect(html).not.toContain('style=')
})
