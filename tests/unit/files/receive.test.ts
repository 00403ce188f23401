import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises'
import { createServer, request as httpRequest } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mostInMemory, mostTogether } from '#lib/files/landing.ts'
import { type Received, receive, sweepTemp } from '#lib/files/receive.ts'
import { testFolder } from '#tests/support/folder.ts'

const MAX = 200_000

/** As browsers send it: with its length. */
async function posted(form: FormData): Promise<Request> {
  const bare = new Request('http://x', { method: 'POST', body: form })
  const body = await bare.arrayBuffer()
  const headers = new Headers(bare.headers)
  headers.set('content-length', String(body.byteLength))
  return new Request('http://x', { method: 'POST', body, headers })
}

const formWith = (bytes: number, name = '证件照 1.jpg', fields: Record<string, string> = {}) => {
  const form = new FormData()
  for (const [key, value] of Object.entries(fields)) form.set(key, value)
  form.set('file', new File([Buffer.alloc(bytes, 7)], name, { type: 'image/jpeg' }))
  return form
}

const raw = (body: string | ReadableStream | null, headers: Record<string, string>) =>
  new Request('http://x', { method: 'POST', body, headers, duplex: 'half' } as RequestInit)

describe('a file within the limit', () => {
  it('comes into memory, with its name and fields, and no folder is made for it', async () => {
    const dir = join(await testFolder(), 'deep', 'uploads')
    const form = formWith(150_000, '证件照 1.jpg', { version: '3', note: '某某' })
    const result = await receive(await posted(form), { maxBytes: MAX, dir })
    if (!result.ok) throw new Error(result.code)
    expect(result).toMatchObject({
      originalName: '证件照 1.jpg',
      bytes: 150_000,
      fields: { version: '3', note: '某某' },
    })
    expect(result.content).toEqual(Buffer.alloc(150_000, 7))
    await result.drop()
    await result.drop()
    expect(result.content).toHaveLength(0)
    await expect(stat(dir)).rejects.toThrow('ENOENT')
  })

  it('that is large is streamed to a private temp file, with its name and fields', async () => {
    const dir = join(await testFolder(), 'deep', 'uploads')
    const form = formWith(mostInMemory, '证件照 1.jpg', { version: '3' })
    const result = await receive(await posted(form), { maxBytes: 2 * mostInMemory, dir })
    if (!result.ok) throw new Error(result.code)
    expect(result).toMatchObject({
      originalName: '证件照 1.jpg',
      bytes: mostInMemory,
      fields: { version: '3' },
    })
    if (typeof result.content !== 'string') throw new Error('in memory')
    expect((await readFile(result.content)).equals(Buffer.alloc(mostInMemory, 7))).toBe(true)
    expect((await stat(result.content)).mode & 0o777).toBe(0o600)
    expect((await stat(dir)).mode & 0o777).toBe(0o700)
    await result.drop()
    await result.drop()
    expect(await readdir(dir)).toEqual([])
  })

  it('comes into memory where its form is exactly as large as may be, and not where it is a byte larger', async () => {
    const dir = await testFolder()
    const beside = Number((await posted(formWith(0))).headers.get('content-length'))
    const sizes = [mostInMemory - beside, mostInMemory - beside + 1]
    const found = []
    for (const bytes of sizes) {
      const request = await posted(formWith(bytes))
      const result = await receive(request, { maxBytes: mostInMemory, dir })
      if (!result.ok) throw new Error(result.code)
      found.push([Number(request.headers.get('content-length')), typeof result.content, result.bytes])
      await result.drop()
    }
    expect(found).toEqual([
      [mostInMemory, 'object', sizes[0]],
      [mostInMemory + 1, 'string', sizes[1]],
    ])
    expect(await readdir(dir)).toEqual([])
  })

  it('goes through a temp file while many others are held, and into memory again once one is given up', async () => {
    const dir = await testFolder()
    const one = async () => {
      const result = await receive(await posted(formWith(mostInMemory - 1000)), {
        maxBytes: mostInMemory,
        dir,
      })
      if (!result.ok) throw new Error(result.code)
      return result
    }
    const held = []
    for (let n = 0; n < mostTogether / mostInMemory; n += 1) held.push(await one())
    expect(held.filter(({ content }) => typeof content === 'string')).toEqual([])
    const over = await one()
    expect(typeof over.content).toBe('string')
    await over.drop()
    await held.pop()?.drop()
    const again = await one()
    expect(typeof again.content).toBe('object')
    for (const { drop } of [...held, again]) {
      await drop()
      await drop()
    }
    const after = await one()
    expect(typeof after.content).toBe('object')
    await after.drop()
    expect(await readdir(dir)).toEqual([])
  })

  it('is whole however small the pieces are in which it comes', async () => {
    const whole = await posted(formWith(3_000))
    const bytes = new Uint8Array(await whole.arrayBuffer())
    let at = 0
    const body = new ReadableStream({
      pull(controller) {
        if (at === bytes.length) return controller.close()
        controller.enqueue(bytes.slice(at, at + 1))
        at += 1
      },
    })
    const dir = await testFolder()
    const result = await receive(raw(body, Object.fromEntries(whole.headers)), { maxBytes: MAX, dir })
    expect(result).toMatchObject({ ok: true, content: Buffer.alloc(3_000, 7) })
    if (result.ok) await result.drop()
  })

  it.each([
    ['with', posted],
    ['without', async (form: FormData) => new Request('http://x', { method: 'POST', body: form })],
  ])('passes at exactly the limit and fails one byte over it, %s content-length', async (_, make) => {
    const dir = await testFolder()
    const exact = await receive(await make(formWith(MAX)), { maxBytes: MAX, dir })
    expect(exact).toMatchObject({ ok: true, bytes: MAX })
    if (exact.ok) await exact.drop()
    const over = await receive(await make(formWith(MAX + 1)), { maxBytes: MAX, dir })
    expect(over).toMatchObject({ ok: false, code: 'too-big' })
    expect(await readdir(dir)).toEqual([])
  })

  it('keeps only the last part of a name and nothing invisible in it', async () => {
    const dir = await testFolder()
    const result = await receive(await posted(formWith(10, '../../etc/\u202egpj.照\u200b片')), {
      maxBytes: MAX,
      dir,
    })
    expect(result).toMatchObject({ ok: true, originalName: 'gpj.照片' })
    if (result.ok) await result.drop()
  })

  it('keeps a field of any name as plain data', async () => {
    const dir = await testFolder()
    const form = formWith(10)
    form.set('__proto__', 'polluted')
    const result = await receive(await posted(form), { maxBytes: MAX, dir })
    expect(Object.entries(result.fields)).toEqual([['__proto__', 'polluted']])
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    if (result.ok) await result.drop()
  })
})

describe('refused', () => {
  const refusedWith = async (request: Request, code: string) => {
    const dir = await testFolder()
    const result = await receive(request, { maxBytes: MAX, dir })
    expect(result).toMatchObject({ ok: false, code })
    expect(await readdir(dir)).toEqual([])
    return result
  }

  it('too big by its announced length: nothing is read, the measure is reported', async () => {
    let pulled = 0
    const endless = new ReadableStream(
      {
        pull() {
          pulled += 1
        },
      },
      { highWaterMark: 0 },
    )
    const result = await refusedWith(
      raw(endless, { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '20000000' }),
      'too-big',
    )
    expect(result).toEqual({ ok: false, code: 'too-big', fields: {}, announced: 20_000_000 })
    expect(pulled).toBe(0)
  })

  it('a little too big: fields before the file are kept, the measure is reported', async () => {
    const request = await posted(formWith(MAX + 2_000, 'a.jpg', { version: '3' }))
    const announced = Number(request.headers.get('content-length'))
    const result = await refusedWith(request, 'too-big')
    expect(result).toEqual({ ok: false, code: 'too-big', fields: { version: '3' }, announced })
    expect(announced).toBeGreaterThan(MAX + 2_000)
  })

  it('endless without a length: cut off at the limit', async () => {
    let sent = 0
    const head = Buffer.from(
      '--x\r\ncontent-disposition: form-data; name="file"; filename="a"\r\ncontent-type: image/jpeg\r\n\r\n',
    )
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(sent === 0 ? head : Buffer.alloc(16_384, 1))
        sent += 16_384
      },
    })
    await refusedWith(raw(endless, { 'content-type': 'multipart/form-data; boundary=x' }), 'too-big')
    expect(sent).toBeLessThan(MAX * 4)
  })

  it('an endless part header is cut off as well', async () => {
    let sent = 0
    const endless = new ReadableStream({
      pull(controller) {
        controller.enqueue(Buffer.from(sent === 0 ? '--x\r\nx-endless: ' : 'y'.repeat(16_384)))
        sent += 16_384
      },
    })
    await refusedWith(raw(endless, { 'content-type': 'multipart/form-data; boundary=x' }), 'too-big')
    expect(sent).toBeLessThan(MAX * 4)
  })

  it('no file chosen, an empty file, no file field, no body', async () => {
    await refusedWith(await posted(formWith(0, '')), 'none')
    await refusedWith(await posted(formWith(0, 'empty.jpg')), 'empty')
    const fieldsOnly = new FormData()
    fieldsOnly.set('version', '3')
    expect((await refusedWith(await posted(fieldsOnly), 'none')).fields).toEqual({ version: '3' })
    await refusedWith(raw(null, {}), 'none')
  })

  it('a file under another name', async () => {
    const form = new FormData()
    form.set('other', new File([Buffer.alloc(500)], 'a.jpg', { type: 'image/jpeg' }))
    await refusedWith(await posted(form), 'none')
  })

  it('two files', async () => {
    const form = formWith(500)
    form.append('file', new File([Buffer.alloc(500)], 'b.jpg', { type: 'image/jpeg' }))
    await refusedWith(await posted(form), 'bad')
  })

  it('too many fields, or too long ones', async () => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`f${i}`, 'x']))
    await refusedWith(await posted(formWith(10, 'a.jpg', many)), 'bad')
    await refusedWith(await posted(formWith(10, 'a.jpg', { long: 'x'.repeat(65_537) })), 'bad')
  })

  it('what is no multipart form', async () => {
    await refusedWith(raw('{}', { 'content-type': 'application/json', 'content-length': '2' }), 'bad')
    await refusedWith(raw('xx', { 'content-type': 'multipart/form-data', 'content-length': '2' }), 'bad')
    await refusedWith(
      raw('hello', { 'content-type': 'multipart/form-data; boundary=x', 'content-length': '5' }),
      'bad',
    )
  })

  it.each(['-1', '1e3', 'abc'])('a content-length of %s', async (length) => {
    await refusedWith(
      raw('xx', { 'content-type': 'multipart/form-data; boundary=x', 'content-length': length }),
      'length',
    )
  })

  it('a body shorter than announced', async () => {
    const whole = await posted(formWith(5_000))
    const body = Buffer.from(await whole.arrayBuffer())
    const request = new Request('http://x', {
      method: 'POST',
      headers: whole.headers,
      body: body.subarray(0, 2_000),
    })
    await refusedWith(request, 'length')
  })

  it('a body longer than announced', async () => {
    const whole = await posted(formWith(5_000))
    const headers = { ...Object.fromEntries(whole.headers), 'content-length': '4000' }
    await refusedWith(raw(await whole.text(), headers), 'length')
  })

  it('and nothing of it is held: as much comes into memory afterwards as before', async () => {
    const dir = await testFolder()
    const body = Buffer.from(await (await posted(formWith(5_000))).arrayBuffer()).subarray(0, 2_000)
    const headers = {
      'content-type': 'multipart/form-data; boundary=x',
      'content-length': String(mostInMemory),
    }
    for (let n = 0; n < 2 * (mostTogether / mostInMemory); n += 1)
      expect(
        await receive(raw(body.toString('latin1'), headers), { maxBytes: mostInMemory, dir }),
      ).toMatchObject({
        ok: false,
      })
    const sound = await receive(await posted(formWith(MAX)), { maxBytes: MAX, dir })
    if (!sound.ok) throw new Error(sound.code)
    expect(typeof sound.content).toBe('object')
    await sound.drop()
  })
})

it('a full or missing disk is a fault, not a refusal', async () => {
  const dir = await testFolder()
  const file = join(dir, 'a-file-not-a-folder')
  await writeFile(file, '')
  const large = await posted(formWith(mostInMemory))
  await expect(receive(large, { maxBytes: 2 * mostInMemory, dir: file })).rejects.toThrow()
})

it.each([
  ['in memory', 150_000, 0],
  ['in a temp file', 2_000_000, 1],
])('an upload cut off on the wire leaves nothing behind, %s', async (_, announced, files) => {
  const dir = await testFolder()
  const seen = Promise.withResolvers<Received>()
  const begun = Promise.withResolvers<void>()
  const server = createServer((incoming) => {
    incoming.once('data', () => begun.resolve())
    const body = Readable.toWeb(incoming) as ReadableStream
    const headers = new Headers({
      'content-type': incoming.headers['content-type'] ?? '',
      'content-length': incoming.headers['content-length'] ?? '',
    })
    const request = new Request('http://x', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    receive(request, { maxBytes: announced, dir }).then(seen.resolve, seen.reject)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const client = httpRequest({
    host: '127.0.0.1',
    port: (server.address() as AddressInfo).port,
    method: 'POST',
    headers: { 'content-type': 'multipart/form-data; boundary=x', 'content-length': announced },
  })
  client.on('error', () => undefined)
  client.write(
    '--x\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n',
  )
  client.write(Buffer.alloc(60_000))
  await begun.promise
  await expect.poll(() => readdir(dir)).toHaveLength(files)
  client.destroy()
  expect(await seen.promise).toEqual({ ok: false, code: 'length', fields: {}, announced })
  expect(await readdir(dir)).toEqual([])
})

it('the sweep takes old temp files and leaves young ones', async () => {
  const dir = await testFolder()
  const now = new Date('2026-11-21T08:00:00Z')
  for (const [name, minutes] of [
    ['old.part', 61],
    ['young.part', 59],
  ] as const) {
    await writeFile(join(dir, name), 'x')
    const then = new Date(now.getTime() - minutes * 60_000)
    await utimes(join(dir, name), then, then)
  }
  expect(await sweepTemp(dir, 60 * 60_000, now)).toBe(1)
  expect(await readdir(dir)).toEqual(['young.part'])
  expect(await sweepTemp(join(dir, 'never-made'), 0, now)).toBe(0)
})
