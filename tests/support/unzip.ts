import { inflateRawSync } from 'node:zlib'

/** Names and contents of a ZIP, by its central directory. */
export function unzip(archive: Buffer): Map<string, Buffer> {
  const found = new Map<string, Buffer>()
  const end = archive.lastIndexOf('PK\x05\x06')
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [method, size, name, extra, comment] = [
      archive.readUInt16LE(at + 10),
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt16LE(at + 30),
      archive.readUInt16LE(at + 32),
    ]
    const local = archive.readUInt32LE(at + 42)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const held = archive.subarray(start, start + size)
    found.set(archive.toString('utf8', at + 46, at + 46 + name), method === 0 ? held : inflateRawSync(held))
    at += 46 + name + extra + comment
  }
  return found
}
