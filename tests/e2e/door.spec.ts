import { expect, type Page, test } from '@playwright/test'
import { formHeaders, rawRequest } from '#tests/support/raw-request.ts'
import { type RunningServer, startServer } from '#tests/support/server.ts'

const base = process.env.PLAYWRIGHT_BASE_URL ?? ''

const post = (headers: Record<string, string>, body: string | Buffer = 'a=1', path = '/login') =>
  rawRequest(base + path, { method: 'POST', headers, body })

const nonceOf = (policy: unknown) => /'nonce-([^']+)'/.exec(String(policy))?.[1]

test('a post with an absent, opaque or foreign origin is refused with a page', async () => {
  for (const origin of [undefined, 'null', 'http://evil.example']) {
    const { origin: _, ...rest } = formHeaders('', 'a=1')
    const { status, headers, body } = await post(origin === undefined ? rest : { ...rest, origin })
    expect(status).toBe(403)
    expect(body).toContain('<h1>这次提交没有被接受</h1>')
    expect(body).toContain(String(headers['x-request-id']))
  }
})

test('a foreign origin is refused even when the host is forged to match', async () => {
  const forged = { ...formHeaders('http://evil.example', 'a=1'), host: 'evil.example' }
  expect((await post({ ...forged, 'x-forwarded-host': 'evil.example' })).status).toBe(403)
})

test('an unknown address shows our page with what to do and the request id', async ({ page }) => {
  const answer = await page.goto('/no/such/page')
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: '没有找到这个页面' })).toBeVisible()
  await expect(page.getByText(answer?.headers()['x-request-id'] ?? 'none')).toBeVisible()
  await page.getByRole('link', { name: '首页' }).click()
  expect(new URL(page.url()).pathname).toBe('/')
})

test('a body that is too large, or of unknown length, is refused with a page', async () => {
  const big = Buffer.alloc(2_000_000)
  const large = await post(formHeaders(base, big), big)
  expect(large.status).toBe(413)
  expect(large.body).toContain('<h1>提交的内容太大</h1>')
  const { 'content-length': _, ...unknown } = formHeaders(base, '')
  const chunked = await post({ ...unknown, 'transfer-encoding': 'chunked' })
  expect(chunked.status).toBe(411)
  expect(chunked.body).toContain('<h1>这次提交缺少长度信息</h1>')
})

test('every answer has its own nonce, and its scripts carry it', async () => {
  const first = await rawRequest(`${base}/`)
  const second = await rawRequest(`${base}/`)
  const nonce = nonceOf(first.headers['content-security-policy'])
  expect(nonce).toBeTruthy()
  expect(nonce).not.toBe(nonceOf(second.headers['content-security-policy']))
  const scripts = first.body.match(/<script[^>]*>/g) ?? []
  expect(scripts.length).toBeGreaterThan(0)
  for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`)
  expect(first.headers['cache-control']).toBe('private, no-store')
})

test('the page that is kept for strangers is the one that is drawn for who brings a cookie', async () => {
  const plain = async (headers: Record<string, string> = {}) => {
    const { headers: said, body } = await rawRequest(`${base}/`, { headers })
    const nonce = nonceOf(said['content-security-policy']) ?? ''
    return body.replaceAll(nonce, '')
  }
  await plain()
  // What is kept is some seconds old: another test may have published an exam meanwhile.
  await expect
    .poll(async () => (await plain()) === (await plain({ cookie: 'unknown=1' })), { timeout: 15_000 })
    .toBe(true)
})

test('a page as it is sent has its title in the head', async () => {
  for (const path of ['/', '/login', '/register', '/help', '/no/such/page']) {
    const { body } = await rawRequest(base + path)
    const head = body.slice(0, body.indexOf('</head>'))
    expect(/<title>([^<]+)<\/title>/.exec(head)?.[1], path).toContain('会计人员统一服务管理平台')
  }
})

/** What the browser itself reports as against the policy. */
const violationsOf = async (page: Page, path: string) => {
  const reported: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy/i.test(message.text())) reported.push(`${path}: ${message.text()}`)
  })
  await page.goto(path, { waitUntil: 'networkidle' })
  return reported
}

for (const path of ['/', '/login', '/no/such/page']) {
  test(`nothing on ${path} breaks the policy`, async ({ page }) => {
    expect(await violationsOf(page, path)).toEqual([])
  })
}

test('forwarded headers and a foreign host do not reach links or redirects', async () => {
  const forged = { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' }
  for (const path of ['/', '/collection', '//evil.example/a']) {
    const { headers, body } = await rawRequest(base + path, { headers: forged })
    expect(String(headers.location ?? '')).not.toMatch(/^(https?:)?\/\/evil/)
    expect(body).not.toContain('https://evil.example')
  }
})

test.describe('a server of their own', () => {
  let server: RunningServer
  test.beforeAll(async () => {
    server = await startServer()
  })
  test.afterAll(() => server.stop())

  test('the log has a line for each request and never its query', async () => {
    await rawRequest(`${server.url}/login?phone=13800001234`)
    await expect.poll(() => server.output()).toContain('"path":"/login"')
    expect(server.output()).not.toContain('13800001234')
  })

  test('SIGTERM lets a request under way finish, then ends well', async () => {
    const boundary = 'half'
    const field = `--${boundary}\r\ncontent-disposition: form-data; name="a"\r\n\r\n${'a'.repeat(100_000)}\r\n`
    const body = `${field}--${boundary}--\r\n`
    let ended: Promise<number | null> | undefined
    const answer = await rawRequest(`${server.url}/login`, {
      method: 'POST',
      headers: {
        ...formHeaders(server.url, body),
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body,
      pause: async () => {
        ended = server.stop()
        await expect.poll(() => server.output()).toContain('"event":"draining"')
        // What was sent before the signal is still taken up; a moment later nobody is let in.
        const refused = () => rawRequest(`${server.url}/healthz`).then(() => 'answered', String)
        await expect.poll(refused).toContain('ECONNREFUSED')
      },
    })
    expect(answer.status).toBeGreaterThan(0)
    expect(await ended).toBe(0)
    expect(server.output()).toContain('"event":"stopped"')
  })
})
