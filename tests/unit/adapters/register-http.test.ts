import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { gzipSync } from 'node:zlib'
import { expect, it, onTestFinished } from 'vitest'
import { httpRegisters } from '#lib/adapters/register-http.ts'
import { storedRegisters } from '#lib/adapters/register-stored.ts'
import type { ClaimKind } from '#lib/domain/claims.ts'
import { standIn } from '#tests/support/sms-stand-ins.ts'

const token = 'register-secret'
const subject = { name: '张三', number: '11010519491231002X', diplomaNo: '105581201205000123' }
const record = { name: '张三', number: '11010519491231002X', school: '中山大学' }

const at = (url: string, patience = 2000) => {
  const registers = httpRegisters({ provider: 'http', url: `${url}/look`, token }, patience)
  return () => registers.look('education', subject)
}

/** A server that does as it likes with its answers, ended with the test; how many of them were cut short. */
async function freely(answer: (response: ServerResponse) => void) {
  let cut = 0
  const server = createServer(async (request, response) => {
    await text(request)
    response.on('close', () => {
      if (!response.writableFinished) cut += 1
    })
    answer(response)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut: () => cut }
}

it('posts kind and subject with its token, and gives what is answered', async () => {
  const register = await standIn(() => ({ body: { records: [record], source: '2026-11-01' } }))
  expect(await at(register.url)()).toEqual({ records: [record], source: '2026-11-01' })
  expect(register.calls).toHaveLength(1)
  const [call] = register.calls
  expect(call).toMatchObject({ method: 'POST', headers: { authorization: `Bearer ${token}` } })
  expect(JSON.parse(call?.body ?? '')).toEqual({ kind: 'education', subject })
})

it.each<[string, unknown, unknown]>([
  ['nothing about this subject', { records: [] }, { records: [], source: '' }],
  ['nothing of the kind at all', { records: null, source: '' }, { records: null, source: '' }],
  ['with a byte order mark', '\uFEFF{"records":[]}', { records: [], source: '' }],
  ['with more than was asked for', { records: [], more: 1 }, { records: [], source: '' }],
])('tells %s', async (_what, body, expected) => {
  const register = await standIn(() => ({ body }))
  expect(await at(register.url)()).toEqual(expected)
})

it('sends no authorization without a token', async () => {
  const register = await standIn(() => ({ body: { records: [] } }))
  await httpRegisters({ provider: 'http', url: register.url, token: undefined }).look('degree', subject)
  expect(register.calls[0]?.headers).not.toHaveProperty('authorization')
})

const quoting = `张三 11010519491231002X ${token}`

it.each<[string, Parameters<typeof standIn>[0], string]>([
  ['a redirect', () => ({ status: 302, headers: { location: '/elsewhere' } }), 'HTTP-302'],
  ['a fault of its own', () => ({ status: 500, body: quoting }), 'HTTP-500'],
  ['a refusal of our token', () => ({ status: 401, body: quoting }), 'HTTP-401'],
  ['nothing', () => ({ status: 204, body: '' }), 'not-json'],
  ['a page', () => ({ body: `<p>${quoting}</p>` }), 'not-json'],
  ['JSON that ends too early', () => ({ body: '{"records":[' }), 'not-json'],
  ['something else', () => ({ body: { error: quoting } }), 'not-an-answer'],
  ['records that are none', () => ({ body: { records: [quoting] } }), 'not-an-answer'],
  ['values that are no text', () => ({ body: { records: [{ year: 2012 }] } }), 'not-an-answer'],
  ['values without end', () => ({ body: { records: [{ name: 'x'.repeat(501) }] } }), 'not-an-answer'],
  ['more records than anybody has', () => ({ body: { records: Array(51).fill({}) } }), 'not-an-answer'],
  ['a list instead', () => ({ body: [] }), 'not-an-answer'],
  ['too late', () => ({ body: { records: [] }, after: 1500 }), 'timeout'],
])('takes %s for a failure, and quotes nothing of it', async (_what, reply, reason) => {
  const register = await standIn(reply)
  const failure = await at(register.url, 300)().then(
    () => null,
    (error: unknown) => error,
  )
  expect(failure).toMatchObject({ code: 'register-failed', reason })
  // Own properties, cause and stack too: whatever a log may print of it.
  const told = `${failure instanceof Error ? `${failure.stack}${failure.cause ?? ''}` : ''}${JSON.stringify(failure)}`
  for (const secret of [token, '张三', '11010519491231002X', register.url]) expect(told).not.toContain(secret)
  expect(register.calls).toHaveLength(1)
})

it('gives up on bytes that come one by one when its patience is over', async () => {
  const register = await freely((response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const drip = setInterval(() => response.write(' '), 20)
    response.on('close', () => clearInterval(drip))
  })
  const begun = performance.now()
  await expect(at(register.url, 300)()).rejects.toMatchObject({ reason: 'timeout' })
  expect(performance.now() - begun).toBeLessThan(1500)
  await expect.poll(register.cut).toBe(1)
})

const tenMegabytes = Buffer.alloc(10 * 1024 * 1024, ' ')

it.each<[string, (response: ServerResponse) => void]>([
  [
    'that says how long it is',
    (response) => {
      response.writeHead(200, { 'content-length': tenMegabytes.length })
      response.end(tenMegabytes)
    },
  ],
  [
    'that does not',
    (response) => {
      response.writeHead(200)
      response.end(tenMegabytes)
    },
  ],
])('does not read ten megabytes to the end, of an answer %s', async (_what, answer) => {
  const register = await freely(answer)
  await expect(at(register.url)()).rejects.toMatchObject({ reason: 'too-large' })
  await expect.poll(register.cut).toBe(1)
})

it('counts what an answer unfolds to', async () => {
  const folded = gzipSync(tenMegabytes)
  expect(folded.length).toBeLessThan(64 * 1024)
  const register = await freely((response) => {
    response.writeHead(200, { 'content-encoding': 'gzip', 'content-length': folded.length })
    response.end(folded)
  })
  await expect(at(register.url)()).rejects.toMatchObject({ reason: 'too-large' })
})

it('says that nobody listens, or hangs up', async () => {
  const server = createTcpServer((socket) => socket.destroy())
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await expect(at(url)()).rejects.toMatchObject({
    code: 'register-failed',
    reason: expect.stringMatching(/^\w+$/),
  })
  await new Promise((closed) => server.close(closed))
  await expect(at(url)()).rejects.toMatchObject({ code: 'register-failed', reason: 'ECONNREFUSED' })
})

it('of the embedded register tells as of when it knows, where it knows anything', async () => {
  const asked: ClaimKind[] = []
  const registers = (records: readonly { readonly name: string }[] | null) =>
    storedRegisters({
      recordsOf: async () => records,
      sourceOf: async (kind) => {
        asked.push(kind)
        return '2026-11-01'
      },
    })
  expect(await registers([record]).look('education', subject)).toEqual({
    records: [record],
    source: '2026-11-01',
  })
  expect(await registers([]).look('degree', subject)).toEqual({ records: [], source: '2026-11-01' })
  expect(await registers(null).look('education', subject)).toEqual({ records: null, source: '' })
  expect(asked).toEqual(['education', 'degree'])
})
