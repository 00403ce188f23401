import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { count, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { makeAppKeys, openKeyring } from '#db/crypto.ts'
import { registerImports } from '#db/queries/registers.ts'
import type { Store } from '#db/store.ts'
import { importRegister, type LeftOut, type RegisterFile } from '#lib/commands/import-register.ts'
import { registersOf } from '#lib/deps.ts'
import { type ClaimKind, judgeClaim } from '#lib/domain/claims.ts'
import { run } from '#ops/import-register.ts'
import { withDeps } from '#ops/with-deps.ts'
import { newMainlandNumber, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { standIn } from '#tests/support/sms-stand-ins.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

const headings = '姓名,证件号码,学校名称,学历,毕业时间,学历证书编号,所学专业'
const numbers = Array.from({ length: 8 }, () => newMainlandNumber())
const lineFor = (number = '', diploma = '105581201205000123', name = '张三') =>
  `${name},${number},中山大学,大学本科,2012-06,${diploma},会计学`
const subjectFor = (number = '') => ({
  name: '张三',
  number,
  school: '中山大学',
  level: 'bachelor_program',
  graduated: '2012-06',
  diplomaNo: '105581201205000123',
  mode: 'full_time',
  major: '会计学',
})

async function* pieces(lines: readonly string[], failAfter = Number.POSITIVE_INFINITY) {
  for (const [index, line] of lines.entries()) {
    if (index >= failAfter) throw new Error('killed')
    yield `${line}\n`
  }
}

/** Brings a file in a moment later than the last, and tells what was left out. */
async function bringIn(
  deps: TestDeps,
  lines: readonly string[],
  { failAfter, ...file }: Partial<Omit<RegisterFile, 'text'>> & { failAfter?: number } = {},
) {
  deps.clock.advance(1000)
  const leftOut: LeftOut[] = []
  const text = pieces(lines, failAfter)
  const wish = { kind: 'education', partial: false, replace: false, ...file, text } as const
  const imported = await importRegister(deps, null, wish, (one) => leftOut.push(one))
  return { ...imported, leftOut }
}

const entries = async ({ read, t }: Store) =>
  (await read.select({ held: count() }).from(t.registerEntry))[0]?.held

async function stateOf(deps: TestDeps, number: string | undefined, kind: ClaimKind = 'education') {
  const subject = subjectFor(number)
  const { records } = (await deps.registers?.look(kind, subject)) ?? { records: null }
  const { state, why } = judgeClaim(kind, subject, records)
  return why === '' ? state : `${state} ${why}`
}

describeEachEngine('an imported register (CHK-2)', (open) => {
  const fresh = async (keys?: string) =>
    testDeps(await open(), { env: { REGISTER_PROVIDER: 'register' }, ...(keys ? { keys } : {}) })

  it('answers for whoever is in it, sealed, and says when it came', async () => {
    const deps = await fresh()
    const { store } = deps
    expect(await stateOf(deps, numbers[0])).toBe('unavailable no-data')
    const done = await bringIn(deps, [headings, lineFor(numbers[0]), lineFor(numbers[1], '9', '李四')])
    expect(done).toMatchObject({ taken: 2, refused: 0, removed: 0, leftOut: [] })
    expect(await deps.registers?.look('education', subjectFor(numbers[0]))).toEqual({
      records: [{ ...subjectFor(numbers[0]), mode: undefined }],
      source: '2026-11-21',
    })
    expect(await stateOf(deps, numbers[0])).toBe('agrees')
    expect(await stateOf(deps, numbers[1])).toBe('differs')
    // CHK-4: it holds such records, and none of this person; of another kind it holds nothing.
    expect(await stateOf(deps, numbers[2])).toBe('differs not-found')
    expect(await stateOf(deps, numbers[0], 'degree')).toBe('unavailable no-data')
    const stored = JSON.stringify([
      await store.read.select().from(store.t.registerEntry),
      await store.read.select().from(store.t.registerImport),
      await store.read.select().from(store.t.event),
    ])
    for (const secret of [numbers[0], '张三', '中山大学', '105581201205000123'])
      expect(stored).not.toContain(secret)
    const events = await store.read
      .select()
      .from(store.t.event)
      .where(eq(store.t.event.kind, 'register.imported'))
    expect(events.map(({ data }) => data)).toEqual([
      { kind: 'education', taken: 2, refused: 0, partial: false, replace: false },
    ])
  })

  it('is the same after the same file again, and takes a later word for an earlier one', async () => {
    const deps = await fresh()
    const file = [headings, lineFor(numbers[0]), lineFor(numbers[1]), lineFor(numbers[1], '1055 8120-12')]
    for (let times = 0; times < 2; times += 1) {
      await bringIn(deps, file)
      expect(await entries(deps.store)).toBe(3)
      expect(await stateOf(deps, numbers[1])).toBe('agrees')
    }
    // The same certificate, written another way: the last line counts, in one file and over two.
    await bringIn(deps, [
      headings,
      lineFor(numbers[0], '105581201205000123', '李四'),
      lineFor(numbers[0], '1055-8120 1205000123', '张四'),
    ])
    expect(await entries(deps.store)).toBe(3)
    const { records } = (await deps.registers?.look('education', subjectFor(numbers[0]))) ?? {}
    expect(records?.map(({ name }) => name)).toEqual(['张四'])
  })

  it('leaves out what it cannot read, by line and column, and takes the rest', async () => {
    const deps = await fresh()
    const done = await bringIn(deps, [
      headings,
      lineFor(''),
      '张三,"broken',
      lineFor(numbers[0]).replace('2012-06', '2012-13'),
      '',
      lineFor(numbers[0]).replace('大学本科', '小学'),
      lineFor(numbers[0]),
    ])
    expect(done).toMatchObject({ taken: 1, refused: 4 })
    expect(done.leftOut).toEqual([
      { line: 2, fault: 'missing', field: 'number' },
      { line: 3, fault: 'broken' },
      { line: 4, fault: 'not-a-month', field: 'graduated' },
      { line: 6, fault: 'not-an-option', field: 'level' },
    ])
    expect(await stateOf(deps, numbers[0])).toBe('agrees')
    const [known] = await registerImports(deps.store.read, deps.store.t, 'education')
    expect(known).toMatchObject({ taken: 1, refused: 4, partial: false })
  })

  it.each([
    ['a column is missing', ['姓名,证件号码', `张三,${numbers[0]}`]],
    ['a column is there twice', [`${headings},name`, `${lineFor(numbers[0])},张三`]],
    ['the headings are missing', [lineFor(numbers[0])]],
    ['there is nothing but headings', [headings]],
    ['there is nothing', []],
  ])('writes nothing where %s', async (_what, file) => {
    const deps = await fresh()
    expect(await bringIn(deps, file, { replace: true })).toMatchObject({ taken: 0, refused: 0 })
    expect(await entries(deps.store)).toBe(0)
    expect(await deps.store.read.select().from(deps.store.t.registerImport)).toEqual([])
    expect(await deps.store.read.select().from(deps.store.t.event)).toEqual([])
  })

  it('that holds only some says nothing of the others', async () => {
    const deps = await fresh()
    await bringIn(deps, [headings, lineFor(numbers[0])], { partial: true })
    expect(await stateOf(deps, numbers[0])).toBe('agrees')
    expect(await stateOf(deps, numbers[1])).toBe('unavailable no-data')
    await bringIn(deps, [headings, lineFor(numbers[2])])
    expect(await stateOf(deps, numbers[1])).toBe('differs not-found')
  })

  it('replaces all of an earlier one where that is wanted, and its silence too', async () => {
    const deps = await fresh()
    const many = Array.from({ length: 2500 }, (_, n) => lineFor(numbers[0], `${n + 10_000}`))
    await bringIn(deps, [headings, ...many])
    await bringIn(
      deps,
      ['name,number,school,degree,degreeNo', `张三,${numbers[0]},中山大学,学士,1055842012000123`],
      { kind: 'degree' },
    )
    await bringIn(deps, [headings, lineFor(numbers[1])])
    expect(await entries(deps.store)).toBe(2502)
    // A file with nothing to take takes nothing away.
    expect(await bringIn(deps, [headings, lineFor('')], { replace: true })).toMatchObject({
      taken: 0,
      removed: 0,
    })
    expect(
      await bringIn(deps, [headings, lineFor(numbers[1]), lineFor(numbers[2])], { replace: true }),
    ).toMatchObject({
      taken: 2,
      removed: 2500,
    })
    expect(await entries(deps.store)).toBe(3)
    expect(await stateOf(deps, numbers[0])).toBe('differs not-found')
    expect(
      await bringIn(deps, [headings, lineFor(numbers[3])], { replace: true, partial: true }),
    ).toMatchObject({
      removed: 2,
    })
    expect(await stateOf(deps, numbers[1])).toBe('unavailable no-data')
    expect((await deps.registers?.look('degree', { number: numbers[0] ?? '' }))?.records).toHaveLength(1)
  })

  it('says nothing of who is missing until all of it is in, and is brought in again after it was cut off', async () => {
    const deps = await fresh()
    const file = [
      headings,
      ...Array.from({ length: 4200 }, (_, n) => lineFor(numbers[0], `${n + 10_000}`)),
      lineFor(numbers[1]),
    ]
    await expect(bringIn(deps, file, { failAfter: 4100 })).rejects.toThrow('killed')
    expect(await entries(deps.store)).toBe(3999)
    expect(await stateOf(deps, numbers[1])).toBe('unavailable no-data')
    expect(await registerImports(deps.store.read, deps.store.t, 'education')).toEqual([])
    expect(await bringIn(deps, file, { replace: true })).toMatchObject({ taken: 4201, removed: 0 })
    expect(await entries(deps.store)).toBe(4201)
    expect(await stateOf(deps, numbers[1])).toBe('agrees')
    expect(await stateOf(deps, numbers[2])).toBe('differs not-found')
  })

  it('lets others write in between', async () => {
    const deps = await fresh()
    const other = await open.again(deps.store)
    const lines = [headings, ...Array.from({ length: 6000 }, (_, n) => lineFor(numbers[0], `${n + 10_000}`))]
    let running = true
    const importing = bringIn(deps, lines).finally(() => {
      running = false
    })
    let written = 0
    while (running) {
      await other.tx((q) =>
        q.insert(other.t.event).values({ id: `between-${written}`, kind: 'test', data: {}, at: new Date() }),
      )
      written += 1
      await new Promise((next) => setTimeout(next, 5))
    }
    await importing
    expect(written).toBeGreaterThan(3)
    expect(await entries(deps.store)).toBe(6000)
  })

  it('two at once of the same file leave each record once', async () => {
    const deps = await fresh()
    const lines = [headings, ...Array.from({ length: 2500 }, (_, n) => lineFor(numbers[0], `${n + 10_000}`))]
    const other = { ...deps, store: await open.again(deps.store) }
    await Promise.all([
      bringIn(deps, lines),
      bringIn(other, lines.toReversed().toSpliced(-1).toSpliced(0, 0, headings)),
    ])
    expect(await entries(deps.store)).toBe(2500)
  })

  it('is found and replaced after the keys were changed', async () => {
    const before = makeAppKeys()
    const deps = await fresh(before)
    await bringIn(deps, [headings, lineFor(numbers[0]), lineFor(numbers[1])])
    const keys = openKeyring(makeAppKeys(before))
    const registers = registersOf({ registers: { provider: 'register' } }, deps.store, keys, deps.clock)
    const renewed: TestDeps = { ...deps, keys, registers }
    expect(await stateOf(renewed, numbers[0])).toBe('agrees')
    await bringIn(renewed, [headings, lineFor(numbers[0], '105581201205000123', '李四'), lineFor(numbers[2])])
    expect(await entries(deps.store)).toBe(3)
    expect((await registers?.look('education', subjectFor(numbers[0])))?.records).toHaveLength(1)
    expect(await stateOf(renewed, numbers[0])).toBe('differs')
    expect(await stateOf(renewed, numbers[1])).toBe('agrees')
  })

  it('over http stands behind its breaker', async () => {
    const register = await standIn(() => ({ status: 503 }))
    const env = { REGISTER_PROVIDER: 'http', REGISTER_HTTP_URL: register.url }
    const { registers } = testDeps(await open(), { env })
    for (let times = 0; times < 8; times += 1) await registers?.look('education', {}).catch(() => undefined)
    expect(register.calls).toHaveLength(5)
  })
})

/** 统一社会信用代码,单位名称 / 91440101MA5KJ7R253,广州示例 in GB 18030: Node writes no such thing. */
const gb18030 = Buffer.from(
  'cdb3d2bbc9e7bbe1d0c5d3c3b4fac2eb2cb5a5cebbc3fbb3c60a39313434303130314d41354b4a37523235332cb9e3d6ddcabec0fd0a',
  'hex',
)

describe('npm run ops -- import-register', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'kuaiji-test-'))
    vi.stubEnv('DATA_DIR', path.join(folder, 'data'))
    vi.stubEnv('DEMO', '1')
    await withDeps(({ store }) => store.migrate())
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true, force: true })
  })
  /** What was printed, and the sentence it failed with. */
  const ops = async (...args: string[]) => {
    const told: string[] = []
    const printed = vi.spyOn(console, 'log').mockImplementation((line: string) => void told.push(line))
    const failure = await run(args).then(
      () => '',
      (error: unknown) => String(error),
    )
    printed.mockRestore()
    return { told, failure }
  }
  const fileOf = async (name: string, content: string | Uint8Array) => {
    const file = path.join(folder, name)
    await writeFile(file, content)
    return file
  }

  it('tells what it took, what it left out and why, and nothing of anybody', async () => {
    const bad = Array.from({ length: 1005 }, () => lineFor(numbers[0]).replace('2012-06', 'June'))
    const lines = [`${headings},备注`, `${lineFor(numbers[0])},x`, ...bad, `${lineFor('')},x`]
    const { told, failure } = await ops('education', await fileOf('a.csv', `\uFEFF${lines.join('\r\n')}`))
    expect(failure).toBe('')
    expect(told.slice(0, 2)).toEqual(['line 3: 毕业时间: no month', 'line 4: 毕业时间: no month'])
    expect(told).toHaveLength(1003)
    expect(told.slice(-3)).toEqual([
      'more than 1000 lines are left out; the others are only counted',
      'columns not used: 备注',
      '1 lines taken, 1006 left out',
    ])
    for (const secret of [numbers[0], '张三', '中山大学', '105581201205000123', 'June'])
      expect(told.join()).not.toContain(secret)
  })

  it.each<[string, string, readonly string[], string]>([
    [
      'a file as Chinese spreadsheets save it, when told so',
      'credit-code',
      ['--encoding', 'gb18030', '--partial'],
      '',
    ],
    ['the same, when not told so', 'credit-code', ['--partial'], ''],
    [
      'the same, when told otherwise',
      'credit-code',
      ['--encoding', 'utf-8'],
      'no column 统一社会信用代码, 单位名称',
    ],
    ['an encoding there is not', 'credit-code', ['--encoding', 'latin1'], 'the encoding is utf-8 or gb18030'],
    ['an option there is not', 'credit-code', ['--force'], '--force'],
    ['a kind there is not', 'constructor', [], 'KIND is one of education, degree'],
    ['another file too', 'credit-code', ['more.csv'], 'say what to import'],
  ])('ends right for %s', async (_what, kind, more, sentence) => {
    const { told, failure } = await ops(kind, await fileOf('gb.csv', gb18030), ...more)
    expect(failure).toContain(sentence)
    expect(failure === '').toBe(sentence === '')
    expect(told).toEqual(sentence === '' ? ['1 lines taken, 0 left out'] : [])
  })

  it.each([
    ['an empty file', '', ''],
    ['headings alone', headings, ''],
    ['lines of which none is right', `${headings}\nx`, 'nothing could be read'],
  ])('ends right for %s', async (_what, content, sentence) => {
    const { told, failure } = await ops('education', await fileOf('some.csv', content), '--replace')
    expect(failure).toContain(sentence)
    expect(failure === '').toBe(sentence === '')
    expect(told.at(-1)).toMatch(/^0 lines taken, [01] left out, 0 earlier records removed$/)
  })

  it('says that there is no such file, and no file', async () => {
    expect((await ops('education', path.join(folder, 'none.csv'))).failure).toContain('ENOENT')
    expect((await ops('education')).failure).toContain('say what to import')
  })
})
