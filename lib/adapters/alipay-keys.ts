import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'

const first = (name: string, attempts: readonly (() => KeyObject)[]): KeyObject => {
  for (const attempt of attempts) {
    try {
      const key = attempt()
      if (key.asymmetricKeyType === 'rsa') return key
    } catch {
      // The next form is tried; what was written must not be shown.
    }
  }
  throw new Error(`${name} must be an RSA key: PEM, or the bare base64 that Alipay hands out`)
}

/** One line of an environment file may spell its line ends. */
const unfold = (written: string) => written.replaceAll('\\n', '\n').trim()
const bytes = (written: string) => Buffer.from(written, 'base64')

/** The application's private key as PKCS#8 PEM, whichever way it was written. Throws a sentence. */
export function privateKeyPem(written: string): string {
  const text = unfold(written)
  const key = first('ALIPAY_PRIVATE_KEY', [
    () => createPrivateKey(text),
    () => createPrivateKey({ key: bytes(text), format: 'der', type: 'pkcs8' }),
    () => createPrivateKey({ key: bytes(text), format: 'der', type: 'pkcs1' }),
  ])
  return key.export({ format: 'pem', type: 'pkcs8' }).toString().trim()
}

/** Alipay's public key as SPKI PEM, whichever way it was written. Throws a sentence. */
export function publicKeyPem(written: string): string {
  const text = unfold(written)
  const key = first('ALIPAY_PUBLIC_KEY', [
    () => createPublicKey(text),
    () => createPublicKey({ key: bytes(text), format: 'der', type: 'spki' }),
    () => createPublicKey({ key: bytes(text), format: 'der', type: 'pkcs1' }),
  ])
  return key.export({ format: 'pem', type: 'spki' }).toString().trim()
}
