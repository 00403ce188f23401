/**
 * What a picture costs by itself, on `PORT`: POST /sharp decodes and re-encodes it by sharp alone, POST /inspect as the service
 * does (`lib/files/inspect.ts`). Both in the manner of the service, one thread and no cache.
 */
import { createServer, type IncomingMessage } from 'node:http'
import sharp from 'sharp'
import { inspectPicture } from '#lib/files/inspect.ts'

sharp.cache(false)
sharp.concurrency(1)

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts)
}

async function sizeOf(path: string, bytes: Buffer): Promise<number> {
  if (path === '/sharp') return (await sharp(bytes).jpeg({ quality: 90 }).toBuffer()).length
  const found = await inspectPicture(bytes)
  if (!found.ok) throw new Error(`the picture was refused: ${found.code}`)
  return found.clean.length
}

createServer((request, response) => {
  if (request.method !== 'POST') {
    response.end('ready')
    return
  }
  bodyOf(request)
    .then((bytes) => sizeOf(request.url ?? '', bytes))
    .then(
      (size) => response.end(String(size)),
      (error: unknown) => response.writeHead(500).end(String(error)),
    )
}).listen(Number(process.env.PORT), '127.0.0.1')
