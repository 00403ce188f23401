import type { IncomingMessage, ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it } from 'vitest'
import { createDoor, type Door, type LogLine } from '#lib/door/door.ts'
import { doorSettings } from '#lib/door/settings.ts'
import type { Deadlines } from '#lib/door/time-limits.ts'
import { formHeaders, rawRequest } from '#tests/support/raw-request.ts'
import { freePort } from '#tests/support/server.ts'

type Handler = (req: IncomingMessage, res: ServerResponse) => unknown

const doors: Door[] = []
afterEach(async () => {
  for (const door of doors.splice(0)) await door.drain(0)
})

const open = async (handler: Handler, env: Record<string, string> = {}, within: Partial<Deadlines> = {}) => {
  const port = await freePort()
  const log: LogLine[] = []
  const door = createDoor({
    settings: doorSettings({ PORT: String(port), ...env }, false),
    handle: async (req, res) => {
      await handler(req, res)
    },
    prerendered: new Map([['/still', ['sha256-still']]]),
    log: (line) => log.push(line),
    within,
  })
  doors.push(door)
  await new Promise<void>((resolve) => door.server.listen(port, '127.0.0.1', resolve))
  return { door, log, port, url: `http://127.0.0.1:${port}` }
}

const says =
  (status: number, type: string, body: string): Handler =>
  (_req, res) =>
    res.writeHead(status, type === '' ? {} : { 'content-type': type }).end(body)

it('gives a blank or plain error our page, its request id, and keeps its cookies', async () => {
  const { url } = await open((_req, res) => {
    res.setHeader('set-cookie', 'eb=1')
    res.setHeader('x-inside', 'secret')
    res.statusCode = 500
    res.write('Internal ')
    res.end('Server Error')
  })
  const { status, headers, body } = await rawRequest(`${url}/boom`)
  expect(status).toBe(500)
  expect(headers['content-type']).toBe('text/html; charset=utf-8')
  expect(headers['cache-control']).toBe('private, no-store')
  expect(headers['set-cookie']).toEqual(['eb=1'])
  expect(headers).not.toHaveProperty('x-inside')
  expect(body).toContain('系统出现故障')
  expect(body).toContain(String(headers['x-request-id']))
  expect(body).not.toContain('Internal Server Error')
  const nonce = /nonce="([^"]+)"/.exec(body)?.[1]
  expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`)
})

it('tells someone who posts an outdated form to go back and reload', async () => {
  const { url } = await open(says(409, 'text/plain', 'Server action not found.'))
  const answer = await rawRequest(`${url}/form`, { method: 'POST', headers: formHeaders(url, ''), body: '' })
  expect(answer.status).toBe(409)
  expect(answer.body).toContain('网站刚刚更新，请返回上一页，刷新后再提交')
})

it('leaves machine answers, soft navigations, probes and good pages as they are', async () => {
  const json = await open(says(422, 'application/json', '{"a":1}'))
  expect((await rawRequest(`${json.url}/check`)).body).toBe('{"a":1}')
  const page = await open(says(404, 'text/html', '<p>theirs'))
  expect((await rawRequest(`${page.url}/a`, { headers: { rsc: '1' } })).body).toBe('<p>theirs')
  const probe = await open(says(503, 'text/plain', 'migrating'))
  expect((await rawRequest(`${probe.url}/readyz`)).body).toBe('migrating')
  const good = await open(says(200, 'text/html', '<p>good'))
  expect((await rawRequest(`${good.url}/a`)).body).toBe('<p>good')
})

it('tells the application which path was asked for, itself and without the query', async () => {
  const { url } = await open((req, res) => {
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(req.headers['x-path']))
  })
  const pathSeen = async (path: string, headers: Record<string, string> = {}) =>
    JSON.parse((await rawRequest(`${url}${path}`, { headers })).body)
  expect(await pathSeen('/collection/basic?name=%E5%BC%A0')).toBe('/collection/basic')
  expect(await pathSeen('/', { 'x-path': '//evil.example' })).toBe('/')
})

it('says which page stands in a frame, itself, and lets an error take its place there', async () => {
  const { url } = await open((req, res) => {
    if (req.url?.includes('gone')) return res.writeHead(404, { 'content-type': 'text/html' }).end('')
    return res.writeHead(200, { 'content-type': 'application/json' }).end(String(req.headers['x-framed']))
  })
  const seen = async (path: string, headers: Record<string, string> = {}) => {
    const answer = await rawRequest(`${url}${path}`, { headers })
    const policy = String(answer.headers['content-security-policy'])
    return [answer.status, answer.body.slice(0, 9), /frame-ancestors ([^;]*)/.exec(policy)?.[1]]
  }
  expect(await seen('/review/a/pictures/frame?picture=2')).toEqual([200, '1', "'self'"])
  expect(await seen('/review/a/pictures/frame?gone')).toEqual([404, '<!doctype', "'self'"])
  expect(await seen('/review/a', { 'x-framed': '1' })).toEqual([200, 'undefined', "'none'"])
  expect(await seen('/review/a?gone=/pictures/frame')).toEqual([404, '<!doctype', "'none'"])
})

it('forbids storing pages and whatever says nothing about it, and respects other words', async () => {
  const answerWith = (headers: Record<string, string>) =>
    open((_req, res) => res.writeHead(200, headers).end('x'))
  const cacheOf = async (headers: Record<string, string>, path = '/a') =>
    (await rawRequest((await answerWith(headers)).url + path)).headers['cache-control']
  expect(await cacheOf({ 'content-type': 'text/html', 'cache-control': 's-maxage=31536000' })).toBe(
    'private, no-store',
  )
  expect(await cacheOf({ 'content-type': 'application/json' })).toBe('private, no-store')
  expect(await cacheOf({ 'content-type': 'image/png', 'cache-control': 'max-age=60' })).toBe('max-age=60')
  expect(await cacheOf({ 'content-type': 'text/javascript' }, '/_next/static/a.js')).toBeUndefined()
})

it('hands the application its nonce, request id and the client’s address, and nobody else’s', async () => {
  const { url } = await open((req, res) =>
    res.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(req.headers)),
  )
  const forged = {
    host: 'evil.example',
    'x-forwarded-for': '1.2.3.4',
    'x-client-ip': '1.2.3.4',
    'x-request-id': 'a',
  }
  const first = await rawRequest(`${url}/a`, { headers: forged })
  const second = await rawRequest(`${url}/a`)
  const seen = JSON.parse(first.body)
  expect(seen).toMatchObject({ host: new URL(url).host, 'x-client-ip': '127.0.0.1' })
  expect(seen).not.toHaveProperty('x-forwarded-for')
  expect(seen['x-request-id']).toBe(first.headers['x-request-id'])
  expect(seen['content-security-policy']).toBe(first.headers['content-security-policy'])
  expect(seen['content-security-policy']).toContain(`'nonce-${seen['x-nonce']}'`)
  expect(JSON.parse(second.body)['x-nonce']).not.toBe(seen['x-nonce'])
})

it('names a prerendered page’s scripts by hash, but not a post to it', async () => {
  const { url } = await open(says(200, 'text/html', '<p>still'))
  const read = await rawRequest(`${url}/still?a=1`)
  expect(read.headers['content-security-policy']).toContain("script-src 'self' 'sha256-still'")
  const sent = await rawRequest(`${url}/still`, { method: 'POST', headers: formHeaders(url, 'a'), body: 'a' })
  expect(sent.headers['content-security-policy']).toContain("'strict-dynamic'")
})

it('refuses before the application sees the request, and the sender sees why', async () => {
  let seen = 0
  const { url } = await open((_req, res) => {
    seen++
    res.end()
  })
  const big = Buffer.alloc(6 * 1024 * 1024)
  const sent = async (headers: Record<string, string>, body: string | Buffer = 'a=1', path = '/login') =>
    rawRequest(url + path, { method: 'POST', headers, body })
  expect((await sent({ 'content-length': '3' })).body).toContain('这次提交没有被接受')
  expect((await sent(formHeaders('http://evil.example', 'a=1'))).status).toBe(403)
  expect((await sent(formHeaders('null', 'a=1'))).status).toBe(403)
  expect((await sent({ origin: url, 'transfer-encoding': 'chunked' })).status).toBe(411)
  const tooBig = await sent(formHeaders(url, big), big)
  expect(tooBig.status).toBe(413)
  expect(tooBig.body).toContain('提交的内容太大')
  expect(tooBig.headers.connection).toBe('close')
  expect((await rawRequest(`${url}/a`, { method: 'DELETE', headers: { origin: url } })).headers.allow).toBe(
    'GET, HEAD, POST',
  )
  expect(seen).toBe(0)
  expect((await sent(formHeaders(url, big), big, '/files/photo')).status).toBe(200)
  expect(seen).toBe(1)
})

it('takes a provider’s callback without an Origin, as a POST to its one address, and no larger than a form', async () => {
  const { url } = await open(async (req, res) => {
    res.end(`got ${(await text(req)).length}`)
  })
  const post = (path: string, headers: Record<string, string>, body: string | Buffer = 'a=1') =>
    rawRequest(url + path, {
      method: 'POST',
      headers: { 'content-length': String(Buffer.byteLength(body)), ...headers },
      body,
    })
  const callback = '/identity/alipay/callback'
  const foreign = { origin: 'https://openapi.alipay.com' }
  expect((await post(callback, {})).body).toBe('got 3')
  expect((await post(callback, foreign)).body).toBe('got 3')
  expect((await post(`${callback}?a=1`, {})).body).toBe('got 3')
  for (const path of [
    '/identity',
    '/identity/alipay/other/state',
    `${callback}/`,
    `${callback}/more`,
    '/identity/alipay/Callback',
    '/identity/alipay/%63allback',
    '//identity/alipay/callback',
  ])
    for (const headers of [{}, foreign])
      expect([path, (await post(path, headers)).status]).toEqual([path, 403])
  expect(
    (await rawRequest(url + callback, { method: 'PUT', headers: { 'content-length': '0' } })).status,
  ).toBe(403)
  const big = Buffer.alloc(512 * 1024 + 1)
  expect((await post(callback, {}, big)).status).toBe(413)
  expect(
    (await rawRequest(url + callback, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } }))
      .status,
  ).toBe(411)
})

it('turns away what is over the limit, pages apart from files, and takes it again afterwards', async () => {
  const held: ServerResponse[] = []
  const { url } = await open(
    (req, res) => {
      if (req.url === '/slow') held.push(res)
      else res.end('ok')
    },
    { MAX_PAGES: '1', MAX_UPLOADS: '1' },
  )
  const slow = rawRequest(`${url}/slow`)
  await expect.poll(() => held.length).toBe(1)
  const over = await rawRequest(`${url}/a`)
  expect(over.status).toBe(503)
  expect(over.headers['retry-after']).toBe('60')
  expect(over.body).toContain('现在办理的人较多')
  // A form too: when to come back, in words, and nothing of it reaches the application.
  const form = await rawRequest(`${url}/exams/a/confirm`, {
    method: 'POST',
    headers: formHeaders(url, 'site=a'),
    body: 'site=a',
  })
  expect([form.status, form.headers['retry-after']]).toEqual([503, '60'])
  expect(form.body).toContain('请等候约一分钟，再返回上一页重试')
  expect((await rawRequest(`${url}/files/a`)).status).toBe(200)
  expect((await rawRequest(`${url}/healthz`)).status).toBe(200)
  held[0]?.end('late')
  expect((await slow).body).toBe('late')
  await expect.poll(async () => (await rawRequest(`${url}/a`)).status).toBe(200)
})

it('answers a fault of the application with a page, once, and logs it with its id', async () => {
  const { url, log } = await open(() => {
    throw Object.assign(new Error('broken pipe of dreams, params: 13812345678'), { code: '23505' })
  })
  const { status, headers, body } = await rawRequest(`${url}/a`)
  expect(status).toBe(500)
  expect(body.match(/<!doctype html>/g)).toHaveLength(1)
  const faults = log.filter(({ event }) => event === 'fault')
  expect(faults).toHaveLength(1)
  expect(faults[0]).toMatchObject({ id: headers['x-request-id'], fault: 'Error', code: '23505' })
  expect(JSON.stringify(log)).not.toContain('13812345678')
  expect(body).not.toContain('dreams')
})

it('logs a line per request without its query, and none for assets that are well', async () => {
  const { url, log } = await open((req, res) => {
    res.statusCode = req.url === '/_next/static/gone.js' ? 404 : 200
    res.end()
  })
  for (const path of ['/review?name=张三', '/_next/static/a.js', '/_next/static/gone.js', '/healthz']) {
    await rawRequest(url + encodeURI(path))
  }
  await expect.poll(() => log.length).toBe(2)
  expect(log[0]).toMatchObject({ method: 'GET', path: '/review', status: 200, ms: expect.any(Number) })
  expect(log[1]).toMatchObject({ path: '/_next/static/gone.js', status: 404 })
})

it('keeps the secret of a one-time link out of its log', async () => {
  const { url, log } = await open(says(200, 'text/html', '<p>welcome'))
  await rawRequest(`${url}/invitations/only-its-reader-knows`)
  await expect.poll(() => log.length).toBe(1)
  expect(log[0]).toMatchObject({ path: '/invitations/…', status: 200 })
  expect(JSON.stringify(log)).not.toContain('only-its-reader-knows')
})

const raw = async (port: number, bytes: string) => {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

it('answers bytes that are no request with a page and closes', async () => {
  const { port } = await open(says(200, 'text/html', 'never'))
  expect(await raw(port, 'GARBAGE\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 [\s\S]*无法识别这次请求/)
  const long = `GET / HTTP/1.1\r\nhost: a\r\ncookie: ${'a'.repeat(20_000)}\r\n\r\n`
  expect(await raw(port, long)).toMatch(/^HTTP\/1\.1 431 /)
  expect(await raw(port, 'GET http://evil.example/ HTTP/1.1\r\nhost: a\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
})

it('drains: finishes a request under way, takes no new one, and ends', async () => {
  const { door, url } = await open(async (req, res) => {
    res.end(`got ${(await text(req)).length}`)
  })
  const body = 'a'.repeat(1000)
  let drained: Promise<void> | undefined
  const answer = await rawRequest(`${url}/files/a`, {
    method: 'POST',
    headers: formHeaders(url, body),
    body,
    pause: async () => {
      await expect
        .poll(() => new Promise((resolve) => door.server.getConnections((_, n) => resolve(n))))
        .toBe(1)
      drained = door.drain(10_000)
      // What was sent before is answered still, and whoever shares out requests is told to send no more.
      expect(await rawRequest(`${url}/b`)).toMatchObject({ status: 200, headers: { connection: 'close' } })
      expect((await rawRequest(`${url}/readyz`)).status).toBe(503)
      await expect.poll(() => rawRequest(`${url}/c`).catch(String)).toContain('ECONNREFUSED')
    },
  })
  expect(answer.body).toBe('got 1000')
  await drained
  expect(door.server.listening).toBe(false)
})

it('cuts what does not end within the limit', async () => {
  const { door, url } = await open(() => {})
  const stuck = rawRequest(`${url}/a`).catch((error: Error) => error.message)
  await expect.poll(() => new Promise((resolve) => door.server.getConnections((_, n) => resolve(n)))).toBe(1)
  await door.drain(100)
  expect(await stuck).toMatch(/hang up|ECONNRESET/)
})

it('answers an address with a NUL by its page, before the application', async () => {
  const { url } = await open(says(200, 'text/html', 'never'))
  for (const path of ['/files/%00', '/review?number=G%002026', '/departments/options?parent=%00'])
    expect(await rawRequest(url + path)).toMatchObject({
      status: 400,
      body: expect.stringContaining('无法识别这次请求'),
    })
})

/** A form of which the end never comes. */
const slowForm = (port: number, path: string, more = '') => {
  const socket = connect(port, '127.0.0.1')
  socket.write(
    `POST ${path} HTTP/1.1\r\nhost: a\r\norigin: http://127.0.0.1:${port}\r\ncookie: sid=a\r\ncontent-length: 1000\r\n${more}\r\nname=`,
  )
  return { socket, answer: text(socket).catch(() => '') }
}

const readsForms: Handler = async (req, res) => {
  res.end(req.method === 'POST' ? `got ${(await text(req)).length}` : 'ok')
}

it('gives slow forms a page of their own and their places back', async () => {
  const { port, url, log } = await open(readsForms, { MAX_PAGES: '8' }, { form: 400 })
  const slow = Array.from({ length: 8 }, () => slowForm(port, '/login'))
  await expect.poll(async () => (await rawRequest(`${url}/a`)).status).toBe(503)
  for (const { answer } of slow) {
    const told = await answer
    expect(told).toMatch(/^HTTP\/1\.1 408 /)
    expect(told).toContain('这次提交没有传完')
    expect(told.match(/<!doctype html>/g)).toHaveLength(1)
  }
  expect((await rawRequest(`${url}/a`)).status).toBe(200)
  await expect.poll(() => log.filter(({ status }) => status === 408).length).toBe(8)
  expect(log.filter(({ event }) => event === 'fault')).toEqual([])
})

it('lets uploads be slow, and forms that arrive in time be worked on at length', async () => {
  const { port, url } = await open(
    async (req, res) => {
      const got = (await text(req)).length
      await new Promise((done) => setTimeout(done, 400))
      res.end(`got ${got}`)
    },
    {},
    { form: 150 },
  )
  const upload = slowForm(port, '/files/a', 'connection: close\r\n')
  const form = await rawRequest(`${url}/login`, {
    method: 'POST',
    headers: formHeaders(url, 'a=1'),
    body: 'a=1',
  })
  expect(form.body).toBe('got 3')
  upload.socket.write('x'.repeat(995))
  expect(await upload.answer).toContain('got 1000')
})

it('lets one network fill a quarter of the pages and no more', async () => {
  const { port, url } = await open(readsForms, { MAX_PAGES: '8', TRUST_PROXY: '1' })
  const by = (address: string) => `x-forwarded-for: ${address}\r\nconnection: close\r\n`
  const slow = [1, 2].map((n) => slowForm(port, '/login', by(`2001:db8:0:1::${n}`)))
  const ask = async (address: string, path = '/a') =>
    (await rawRequest(url + path, { headers: { 'x-forwarded-for': address } })).status
  await expect.poll(() => ask('2001:db8:0:1:ffff::9')).toBe(503)
  expect(await ask('2001:db8:0:2::1')).toBe(200)
  expect(await ask('192.0.2.7')).toBe(200)
  expect(await ask('2001:db8:0:1::1', '/files/a')).toBe(200)
  for (const { socket } of slow) socket.write('x'.repeat(995))
  for (const { answer } of slow) expect(await answer).toContain('got 1000')
  expect(await ask('2001:db8:0:1::1')).toBe(200)
})

it('cuts an answer that nobody reads, and has its place back', async () => {
  const { port, url, log } = await open(
    (req, res) => res.end(req.url === '/big' ? Buffer.alloc(30_000_000) : 'ok'),
    { MAX_PAGES: '1' },
    { answer: 400 },
  )
  const socket = connect(port, '127.0.0.1')
  socket.pause()
  socket.write('GET /big HTTP/1.1\r\nhost: a\r\n\r\n')
  const ask = async () => (await rawRequest(`${url}/a`)).status
  await expect.poll(ask, { interval: 10 }).toBe(503)
  await expect.poll(() => log.find(({ path }) => path === '/big')).toMatchObject({ cut: true })
  expect(await ask()).toBe(200)
  socket.destroy()
})

it('ends connections on which nothing, or no whole head, was said', async () => {
  const { port } = await open(says(200, 'text/html', 'never'), {}, { head: 200 })
  for (const said of ['', 'GET / HTTP/1.1\r\nhost: a\r\n'])
    expect(await raw(port, said)).toMatch(/^HTTP\/1\.1 408 /)
})

it('answers what was sent ahead in its order, and then says that the rest is no request', async () => {
  const { port } = await open((req, res) => res.end(`<${req.url}>`))
  const ahead = Array.from({ length: 20 }, (_, n) => `GET /${n} HTTP/1.1\r\nhost: a\r\n\r\n`)
  const answers = await raw(port, `${ahead.join('')}GARBAGE\r\n\r\n`)
  expect([...answers.matchAll(/<\/(\d+)>/g)].map(([, n]) => Number(n))).toEqual(
    [...answers.matchAll(/HTTP\/1\.1 200/g)].map((_, n) => n),
  )
  expect(answers).toMatch(/HTTP\/1\.1 400 /)
})

it('lets one network hold a quarter of the connections', async () => {
  const { port, url } = await open(says(200, 'text/html', 'ok'), { MAX_CONNECTIONS: '8' })
  const silent = Array.from({ length: 12 }, () => connect(port, '127.0.0.1').on('error', () => {}))
  // From this machine, which may be a proxy, only the whole is bounded.
  await expect.poll(() => silent.filter(({ closed }) => closed).length).toBe(4)
  for (const socket of silent) socket.destroy()
  await expect.poll(() => rawRequest(url).then(({ status }) => status, String)).toBe(200)
})

it('knows its own requests by a mark, and takes it from nobody else', async () => {
  const seen: (string | undefined)[] = []
  const env = { MAX_PAGES: '1', ACTION_KEY: 'the key of a deployment' }
  const { url } = await open(async (req, res) => {
    seen.push(String(req.headers['x-inner']))
    // As Next does after an action: the page it leads to is asked for with the headers that came.
    if (req.url === '/outer') {
      const inner = await rawRequest(`${url}/inner`, {
        headers: { 'x-inner': String(req.headers['x-inner']) },
      })
      return res.end(`${inner.status}`)
    }
    return res.end('ok')
  }, env)
  expect((await rawRequest(`${url}/outer`, { headers: { 'x-inner': 'guessed' } })).body).toBe('200')
  expect(new Set(seen)).toEqual(new Set([doorSettings(env, false).innerMark]))
  expect(doorSettings({}, false).innerMark).not.toBe(doorSettings({}, false).innerMark)
})

it('takes a request to change the protocol as any other, whoever listens for such behind the door', async () => {
  const { port, log } = await open((req, res) => {
    // As Next does when it is asked for the first time.
    if (req.url === '/first') Reflect.get(req.socket, 'server').on('upgrade', () => undefined)
    res.end('an answer')
  })
  await rawRequest(`http://127.0.0.1:${port}/first`)
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /second HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n')
  let said = ''
  socket.on('data', (bytes) => {
    said += String(bytes)
  })
  await expect.poll(() => said).toContain('HTTP/1.1 200')
  socket.end()
  await expect.poll(() => log.map(({ path }) => path)).toContain('/second')
})

/** A page of so many parts that says how often it was drawn, and its nonce in each. */
const drawing = (headers: Record<string, string | string[]> = {}, status = 200) => {
  const seen = { times: 0 }
  const handler: Handler = async (req, res) => {
    seen.times += 1
    const part = `<script nonce="${req.headers['x-nonce']}">${seen.times} 次</script>`
    res.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...headers })
    res.write(Buffer.from(part))
    await new Promise((resolve) => setTimeout(resolve, 1))
    res.end(part)
  }
  return { seen, handler }
}

it('draws what is the same for every stranger once in a while, and gives each a nonce and an id of their own', async () => {
  const { seen, handler } = drawing({ vary: 'rsc' })
  const { url, log } = await open(handler, {}, { kept: 200 })
  const answers = [await rawRequest(`${url}/`), await rawRequest(`${url}/`), await rawRequest(`${url}/`)]
  expect(seen.times).toBe(1)
  for (const { status, headers, body } of answers) {
    const nonce = /'nonce-([^']+)' 'strict-dynamic'/.exec(String(headers['content-security-policy']))?.[1]
    expect(status).toBe(200)
    expect(body).toBe(`<script nonce="${nonce}">1 次</script>`.repeat(2))
    expect(headers).toMatchObject({
      'cache-control': 'private, no-store',
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      vary: 'rsc',
    })
  }
  for (const own of ['x-request-id', 'content-security-policy'])
    expect(new Set(answers.map(({ headers }) => headers[own])).size).toBe(3)
  expect(log.filter(({ path }) => path === '/').map(({ id, status }) => [id, status])).toEqual(
    answers.map(({ headers }) => [headers['x-request-id'], 200]),
  )
  await new Promise((resolve) => setTimeout(resolve, 250))
  expect((await rawRequest(`${url}/`)).body).toContain('2 次')
})

it('draws anew for whoever brings a cookie or asks for anything but the plain page', async () => {
  const { seen, handler } = drawing()
  const { url } = await open(handler)
  await rawRequest(`${url}/`)
  for (const [path, options] of [
    ['/', { headers: { cookie: 'sid=a' } }],
    ['/', { headers: { cookie: '' } }],
    ['/', { headers: { rsc: '1' } }],
    ['/', { headers: { range: 'bytes=0-9' } }],
    ['/', { headers: { authorization: 'Bearer a' } }],
    ['/', { headers: { 'x-nextjs-data': '1' } }],
    // Drawn in another order.
    ['/', { headers: { 'user-agent': 'some browser' } }],
    ['/', { method: 'HEAD' }],
    ['/?welcome=1', {}],
    ['/help', {}],
    ['/help', {}],
  ] as const) {
    const before = seen.times
    await rawRequest(url + path, options)
    expect(seen.times, JSON.stringify([path, options])).toBe(before + 1)
  }
  const before = seen.times
  expect((await rawRequest(`${url}/`, { headers: { host: 'evil.example' } })).body).toContain('1 次')
  expect(seen.times).toBe(before)
})

it('gives the old one while another is drawn, and draws once a second where nothing comes of it', async () => {
  let times = 0
  let hold: Promise<void> = Promise.resolve()
  const { url } = await open(
    async (req, res) => {
      times += 1
      const turn = times
      await hold
      if (turn === 2) res.destroy()
      else res.writeHead(200, { 'content-type': 'text/html' }).end(`${turn} ${req.headers['x-nonce']}`)
    },
    {},
    { kept: 50 },
  )
  const body = async () => (await rawRequest(`${url}/`)).body.slice(0, 1)
  expect(await body()).toBe('1')
  await new Promise((resolve) => setTimeout(resolve, 60))
  let go = () => {}
  hold = new Promise((resolve) => {
    go = resolve
  })
  const lost = body().catch(() => 'lost')
  await expect.poll(() => times).toBe(2)
  expect([await body(), await body()]).toEqual(['1', '1'])
  go()
  expect(await lost).toBe('lost')
  expect(await body()).toBe('1')
  await new Promise((resolve) => setTimeout(resolve, 1000))
  expect(await body()).toBe('3')
  expect(times).toBe(3)
})

it('gives of requests sent ahead on one connection no more than one from what is kept', async () => {
  const { seen, handler } = drawing()
  const { url, port } = await open(handler)
  await rawRequest(`${url}/`)
  const socket = connect(port, '127.0.0.1')
  const ask = `GET / HTTP/1.1\r\nhost: ${new URL(url).host}\r\n`
  socket.write(`${ask}\r\n${ask}\r\n${ask}connection: close\r\n\r\n`)
  const answers = await text(socket)
  expect(answers.match(/HTTP\/1\.1 200/g)).toHaveLength(3)
  expect(seen.times).toBe(3)
})

it('gives no header on that holds the nonce of another answer', async () => {
  const { url } = await open((req, res) => {
    const nonce = String(req.headers['x-nonce'])
    res.writeHead(200, { 'content-type': 'text/html', link: `</a.css>; nonce="${nonce}"`, vary: 'rsc' })
    res.end(nonce)
  })
  expect((await rawRequest(`${url}/`)).headers).toHaveProperty('link')
  const { headers } = await rawRequest(`${url}/`)
  expect(headers).not.toHaveProperty('link')
  expect(headers.vary).toBe('rsc')
})

it('keeps no page that failed, sets a cookie or has no nonce', async () => {
  for (const [status, headers] of [
    [404, {}],
    [200, { 'set-cookie': 'a=1' }],
    [200, { 'content-type': 'application/json' }],
  ] as const) {
    const { seen, handler } = drawing({ ...headers }, status)
    const { url } = await open(handler)
    for (let n = 0; n < 2; n += 1) await rawRequest(`${url}/`)
    expect(seen.times, String(status)).toBe(2)
  }
  const { url } = await open(says(200, 'text/html', '<p>no nonce'))
  for (let n = 0; n < 2; n += 1) expect((await rawRequest(`${url}/`)).body).toBe('<p>no nonce')
})
