import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { privateKeyPem, publicKeyPem } from '#lib/adapters/alipay-keys.ts'

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const pem = (type: 'pkcs1' | 'pkcs8') => privateKey.export({ format: 'pem', type }).toString()
const publicPem = (type: 'pkcs1' | 'spki') => publicKey.export({ format: 'pem', type }).toString()
const bare = (text: string) => text.replaceAll(/-----[^-]+-----|\s/g, '')
const oneLine = (text: string) => text.replaceAll('\n', '\\n')

describe('keys as operators paste them', () => {
  it.each([
    ['PKCS#8 PEM', pem('pkcs8')],
    ['PKCS#1 PEM', pem('pkcs1')],
    ['PEM on one line', oneLine(pem('pkcs8'))],
    ['bare PKCS#8', bare(pem('pkcs8'))],
    ['bare PKCS#1', bare(pem('pkcs1'))],
  ])('reads a private key: %s', (_, written) => {
    expect(createPrivateKey(privateKeyPem(written)).equals(privateKey)).toBe(true)
    expect(privateKeyPem(written)).toMatch(
      /^-----BEGIN PRIVATE KEY-----\n[\s\S]+\n-----END PRIVATE KEY-----$/,
    )
  })

  it.each([
    ['SPKI PEM', publicPem('spki')],
    ['PKCS#1 PEM', publicPem('pkcs1')],
    ['PEM on one line', oneLine(publicPem('spki'))],
    ['bare SPKI', bare(publicPem('spki'))],
    ['bare PKCS#1', bare(publicPem('pkcs1'))],
  ])('reads a public key: %s', (_, written) => {
    expect(createPublicKey(publicKeyPem(written)).equals(publicKey)).toBe(true)
  })

  it('names the variable that is no RSA key, and not what was written there', () => {
    const { privateKey: other } = generateKeyPairSync('ed25519')
    const ed = other.export({ format: 'pem', type: 'pkcs8' }).toString()
    for (const written of ['', 'c2VjcmV0', ed, publicPem('spki')]) {
      expect(() => privateKeyPem(written)).toThrow(/^ALIPAY_PRIVATE_KEY must be an RSA key/)
    }
    expect(() => publicKeyPem('c2VjcmV0')).toThrow(/^(?!.*c2VjcmV0)ALIPAY_PUBLIC_KEY must be an RSA key/)
  })
})
