import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'

const keys = makeAppKeys()
const ring = openKeyring(keys)
const refusal = expect.objectContaining({ code: 'unseal-failed' })

/** Any well-formed text, characters beyond the BMP included. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('', '𠮷野𬭎', '\uFEFF王', '\0'),
)
const anyBytes = fc.uint8Array({ maxLength: 200 })

describe('sealed text', () => {
  it('opens to what was sealed, under its context', () => {
    fc.assert(
      fc.property(anyText, anyText, (text, context) => {
        expect(ring.unseal(ring.seal(text, context), context)).toBe(text)
      }),
    )
  })

  it('names algorithm and key, is printable and never the same twice', () => {
    const [one, two] = [ring.seal('张三', 'person.name:1'), ring.seal('张三', 'person.name:1')]
    expect(one).toMatch(/^a1\.k1\.[\w-]+$/)
    expect(one.startsWith(ring.header)).toBe(true)
    expect(one).not.toBe(two)
  })

  it('does not open under another context', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (text, context, other) => {
        fc.pre(context !== other)
        expect(() => ring.unseal(ring.seal(text, context), other)).toThrow(refusal)
      }),
    )
  })

  it('does not open after any one bit has changed', () => {
    fc.assert(
      fc.property(anyText, fc.nat(), fc.integer({ min: 0, max: 6 }), (text, place, bit) => {
        const bytes = Buffer.from(ring.seal(text, 'c'))
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        expect(() => ring.unseal(bytes.toString('latin1'), 'c')).toThrow(refusal)
      }),
      { numRuns: 500 },
    )
  })

  it('does not open when cut short, padded or empty', () => {
    const sealed = ring.seal('张三', 'c')
    for (const wrong of [
      '',
      ring.header,
      sealed.slice(0, -1),
      sealed.slice(0, 30),
      `${sealed}=`,
      `${sealed}A`,
    ])
      expect(() => ring.unseal(wrong, 'c')).toThrow(refusal)
  })

  it('does not open with another key of the same id', () => {
    expect(() => openKeyring(makeAppKeys()).unseal(ring.seal('张三', 'c'), 'c')).toThrow(refusal)
  })

  it('says nothing of the content when it refuses', () => {
    const sealed = ring.seal('张三', 'c')
    const message = (() => {
      try {
        return ring.unseal(sealed, 'person.name:1')
      } catch (error) {
        return `${error} ${JSON.stringify(error)}`
      }
    })()
    expect(message).toContain('unseal-failed')
    expect(message).not.toMatch(/张三|person\.name|a1\.k1/)
  })

  it('refuses bytes that are no UTF-8 instead of bending them', () => {
    expect(() => ring.unseal(ring.seal(Uint8Array.of(0xff, 0xfe), 'c'), 'c')).toThrow(refusal)
  })
})

describe('sealed files', () => {
  it('open to the same bytes', () => {
    fc.assert(
      fc.property(anyBytes, anyText, (bytes, context) => {
        const sealed = ring.sealBytes(bytes, context)
        expect(sealed.length).toBe(bytes.length + ring.header.length + 28)
        expect(new Uint8Array(ring.unsealBytes(sealed, context))).toEqual(bytes)
      }),
    )
  })

  it('do not open after any one bit has changed, nor under another context', () => {
    fc.assert(
      fc.property(anyBytes, fc.nat(), fc.nat(7), (bytes, place, bit) => {
        const sealed = ring.sealBytes(bytes, 'file:1')
        expect(() => ring.unsealBytes(sealed, 'file:2')).toThrow(refusal)
        const at = place % sealed.length
        sealed[at] = (sealed[at] ?? 0) ^ (1 << bit)
        expect(() => ring.unsealBytes(sealed, 'file:1')).toThrow(refusal)
      }),
    )
  })
})

describe('rotation', () => {
  const rotatedKeys = makeAppKeys(keys)
  const rotated = openKeyring(rotatedKeys)

  it('puts a new key in front that writes, while the old one still reads', () => {
    expect(rotatedKeys.endsWith(`,${keys}`)).toBe(true)
    expect(rotated.header).toBe('a1.k2.')
    expect(rotated.unseal(ring.seal('张三', 'c'), 'c')).toBe('张三')
    expect(rotated.unsealBytes(ring.sealBytes(Uint8Array.of(1, 2), 'c'), 'c')).toEqual(Buffer.of(1, 2))
    expect(() => ring.unseal(rotated.seal('张三', 'c'), 'c')).toThrow(refusal)
  })

  it('looks a value up by the index of every key, newest first', () => {
    expect(rotated.blinds('phone', '13800000000')).toEqual([
      rotated.blind('phone', '13800000000'),
      ring.blind('phone', '13800000000'),
    ])
    expect(rotated.digests('picture', Uint8Array.of(1))).toContain(ring.digest('picture', Uint8Array.of(1)))
  })

  it('accepts what an old key signed', () => {
    expect(rotated.verify('link', 'a', ring.sign('link', 'a'))).toBe(true)
    expect(ring.verify('link', 'a', rotated.sign('link', 'a'))).toBe(false)
  })

  it('keeps keys of one id and another secret apart', () => {
    expect(openKeyring(makeAppKeys()).blind('phone', '1')).not.toBe(ring.blind('phone', '1'))
  })
})

describe('indexes, hashes and signatures', () => {
  it('are the same for the same input and differ by kind, value and use', () => {
    fc.assert(
      fc.property(anyText, anyText, anyText, (kind, other, value) => {
        fc.pre(kind !== other)
        expect(ring.blind(kind, value)).toBe(ring.blind(kind, value))
        expect(ring.blind(kind, value)).toMatch(/^[0-9a-f]{64}$/)
        expect(ring.blind(kind, value)).not.toBe(ring.blind(other, value))
        expect(ring.blind(kind, `${value}x`)).not.toBe(ring.blind(kind, value))
        expect(ring.digest(kind, Buffer.from(value))).not.toBe(ring.blind(kind, value))
      }),
    )
  })

  it('keep kind and value apart', () => {
    expect(ring.blind('a', 'b:c')).not.toBe(ring.blind('a:b', 'c'))
    expect(ring.blind('a', '1:b')).not.toBe(ring.blind('a1:', 'b'))
  })

  it('a signature holds for its purpose and text only', () => {
    const signature = ring.sign('download', 'file-1')
    expect(signature).toMatch(/^[\w-]{22}$/)
    expect(ring.verify('download', 'file-1', signature)).toBe(true)
    for (const [purpose, text, wrong] of [
      ['upload', 'file-1', signature],
      ['download', 'file-2', signature],
      ['download', 'file-1', signature.slice(1)],
      ['download', 'file-1', ''],
    ] as const)
      expect(ring.verify(purpose, text, wrong)).toBe(false)
  })
})

describe('APP_KEYS', () => {
  const base64 = keys.slice(3)

  it('is refused when malformed, without showing it', () => {
    for (const wrong of [
      '',
      'k1',
      `k1:${base64.slice(4)}`,
      `:${base64}`,
      `k.1:${base64}`,
      `${keys},`,
      `${keys},${keys}`,
      `${keys},k2:!!!!`,
    ]) {
      const open = () => openKeyring(wrong)
      expect(open).toThrow(expect.objectContaining({ code: 'bad-keys' }))
      expect(open).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining(base64.slice(4, 30)) }),
      )
    }
  })

  it('counts on from the highest key', () => {
    expect(makeAppKeys(`old:${base64},k7:${base64}`)).toMatch(/^k8:/)
  })
})
