import { performance } from 'node:perf_hooks'
import { describe, expect, it } from 'vitest'
import { hashPassword, verifyAgainstNothing, verifyPassword } from '#lib/auth/passwords.ts'

describe('passwords', () => {
  it('are kept as argon2id at the agreed cost, with a salt of their own', async () => {
    const [one, two] = await Promise.all([hashPassword('correct horse'), hashPassword('correct horse')])
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(one).not.toBe(two)
  })

  it('open with exactly what was typed', async () => {
    const typed = '密码 · pässwörd 🐉'
    const stored = await hashPassword(typed)
    expect(await verifyPassword(stored, typed)).toBe(true)
    expect(await verifyPassword(stored, `${typed} `)).toBe(false)
    expect(await verifyPassword(stored, '')).toBe(false)
  })

  it('a damaged record is a fault', async () => {
    await expect(verifyPassword('not a hash', 'x')).rejects.toThrow()
  })

  it('nobody costs as much as somebody and never opens', async () => {
    const stored = await hashPassword('correct horse')
    const time = async (work: () => Promise<boolean>) => {
      const start = performance.now()
      expect(await work()).toBe(false)
      return performance.now() - start
    }
    const somebody: number[] = []
    const nobody: number[] = []
    for (let i = 0; i < 5; i += 1) {
      somebody.push(await time(() => verifyPassword(stored, 'wrong')))
      nobody.push(await time(() => verifyAgainstNothing('wrong')))
    }
    expect(Math.min(...nobody)).toBeGreaterThan(Math.min(...somebody) / 3)
    expect(await verifyAgainstNothing('')).toBe(false)
  })
})
