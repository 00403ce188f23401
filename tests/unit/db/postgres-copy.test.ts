import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it, vi } from 'vitest'
import { dumpOf } from '#db/postgres-copy.ts'
import { testFolder } from '#tests/support/folder.ts'

afterEach(() => vi.unstubAllEnvs())

it('names no password on a command line, wherever it stands in the address', async () => {
  const folder = await testFolder()
  const tool = '#!/bin/sh\necho "args: $*"\necho "password: $PGPASSWORD"\n'
  await writeFile(path.join(folder, 'pg_dump'), tool, { mode: 0o700 })
  vi.stubEnv('PATH', `${folder}${path.delimiter}${process.env.PATH}`)
  const told = (url: string) => text(dumpOf(url))
  for (const url of [
    'postgres://clerk:pa%2Fss@localhost/books?sslmode=disable',
    'postgres://clerk@localhost/books?sslmode=disable&password=pa%2Fss',
  ]) {
    const [args, password] = (await told(url)).split('\n')
    expect(args).toContain('--dbname=postgres://clerk@localhost/books?sslmode=disable')
    expect(args).not.toContain('pa%2Fss')
    expect(password).toBe('password: pa/ss')
  }
})
