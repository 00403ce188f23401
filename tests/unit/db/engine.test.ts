import { describe, expect, it } from 'vitest'
import { assertNodeApi } from '#db/node-version.ts'
import { atLeast } from '#db/sqlite.ts'
import { isUnique, openStore } from '#db/store.ts'

describe('the guards before a database opens', () => {
  it('an older Node gets a sentence that says what to do', () => {
    expect(() => assertNodeApi('9')).toThrow(/needs Node\.js 24.*npm/)
    expect(() => assertNodeApi(undefined)).not.toThrow()
    expect(() => assertNodeApi('10')).not.toThrow()
  })

  it('versions compare by number', () => {
    expect(atLeast('3.51.3', '3.51.3')).toBe(true)
    expect(atLeast('3.51.10', '3.51.3')).toBe(true)
    expect(atLeast('3.100.0', '3.51.3')).toBe(true)
    expect(atLeast('3.51.2', '3.51.3')).toBe(false)
    expect(atLeast('3.6.9', '3.51.3')).toBe(false)
  })

  it('an address of another database is refused without repeating it', async () => {
    const opening = openStore({ url: 'mysql://root:secret@db/x', dataDir: '' })
    await expect(opening).rejects.toThrow(/postgres:\/\//)
    await expect(opening).rejects.not.toThrow(/secret/)
  })
})

describe('isUnique', () => {
  const wrapped = (code: string) =>
    new Error('outer', { cause: new Error('middle', { cause: Object.assign(new Error('x'), { code }) }) })

  it('finds the code of either engine under any wrapping, and nothing else', () => {
    for (const code of ['23505', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'])
      expect(isUnique(wrapped(code))).toBe(true)
    for (const other of [
      wrapped('23503'),
      wrapped('SQLITE_CONSTRAINT_FOREIGNKEY'),
      new Error('x'),
      'x',
      null,
    ])
      expect(isUnique(other)).toBe(false)
  })
})
