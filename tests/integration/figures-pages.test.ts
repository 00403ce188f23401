/** 统计 on the screen (ADM-2): every chart has its table, and both say the same. */
import { beforeEach, expect, it, vi } from 'vitest'
import FiguresPage from '#app/(operator)/figures/page.tsx'
import QueuePage from '#app/(reviewer)/review/page.tsx'
import { openSession } from '#lib/auth/session-rows.ts'
import type { Role } from '#lib/domain/actor.ts'
import { frameView } from '#lib/views/frame.ts'
import { makeApplicant, makeStaff, seedDepartments, type TestDeps, testDeps } from '#tests/support/deps.ts'
import { jar, shown } from '#tests/support/next-side.ts'
import { describeEachEngine } from '#tests/support/stores.ts'

vi.mock('next/headers', async () => (await import('#tests/support/next-side.ts')).headersSide)
vi.mock('next/navigation', async () => (await import('#tests/support/next-side.ts')).navigationSide)
vi.mock('next/cache', async () => (await import('#tests/support/next-side.ts')).cacheSide)
vi.mock('#lib/auth/next-auth.ts', () => ({ startSession: async () => undefined }))

const [city, district] = ['440100', '440106']

/** `period measure bucket value` each, at a district and everything above it. */
const counted = [
  ['', 'people', 'all', 1_234_567],
  ['', 'sex', 'female', 1_000_000],
  ['', 'sex', 'male', 234_567],
  ['', 'born', '1990', 1_234_567],
  ['', 'education', 'bachelor_program', 1_234_567],
  ['', 'title', 'none', 1_234_567],
  ['', 'unit', 'private_enterprise', 1_234_560],
  ['', 'unit', 'none', 7],
  ['', 'industry', 'I', 1_234_567],
  ['', 'cases', 'collection.waiting', 12],
  ['', 'cases', 'collection.approved', 1_234_567],
  ['', 'due', '2026-11-18', 5],
  ['', 'due', '2026-11-23', 7],
  ['2026-11', 'submitted', 'collection', 41],
  ['2026-11', 'decided', 'collection.approved', 33],
  ['2026-10', 'decided', 'collection.returned', 11],
  ['2026-11', 'days', 'collection.3', 30],
  ['2026-11', 'days', 'collection.20', 14],
  ['2026-11', 'reason', 'diploma-missing', 9],
  ['2026-11', 'reason', 'employer-name-code-differ', 2],
  ['2026-11', 'reason-again', 'diploma-missing', 3],
] as const

/** Bars and cells of every chart that has a table: what is drawn, what is written. */
function chartsOf(page: string) {
  return page
    .split('<section class="break-inside-avoid')
    .slice(1)
    .map((part) => {
      const title = /<h3[^>]*>([^<]+)/.exec(part)?.[1] ?? ''
      const drawn = [...part.matchAll(/<g><title>([^<]*)：([\d,]+)<\/title>/g)].map(([, label, value]) => [
        label,
        value,
      ])
      const rows = [
        ...(part.split('<tbody>')[1] ?? '').matchAll(/<th scope="row">([^<]*)<\/th>(.*?)<\/tr>/g),
      ].map(([, head, cells = '']) => [head, ...[...cells.matchAll(/<td>([^<]*)/g)].map(([, cell]) => cell)])
      return { title, drawn, rows, images: [...part.matchAll(/<svg role="img"/g)].length }
    })
}

describeEachEngine('the page of figures', (open) => {
  let deps: TestDeps
  beforeEach(async () => {
    deps = testDeps(await open())
    Reflect.set(globalThis, Symbol.for('app.deps'), Promise.resolve(deps))
    jar.clear()
    await seedDepartments(deps)
    return () => deps.store.close()
  })
  const as = async (role: Role, departmentId?: string) => {
    const { actor } = await makeStaff(deps, { role, ...(departmentId ? { departmentId } : {}) })
    jar.set('sid', { value: await openSession(deps, { accountId: actor.id, address: '', agent: '' }) })
    return actor
  }
  const fill = () =>
    deps.store.tx((q) =>
      q.insert(deps.store.t.figure).values(
        ['', '440000', city, district].flatMap((departmentId) =>
          counted.map(([period, measure, bucket, value]) => ({
            departmentId,
            period,
            measure,
            bucket,
            value,
          })),
        ),
      ),
    )

  it('is hidden from who has none, and says nothing where nothing is', async () => {
    const reviewer = await as('reviewer', district)
    expect(await shown(FiguresPage)).toBe('404')
    expect((await frameView(deps, reviewer, '李审核')).seesFigures).toBe(false)
    const { actor } = await makeApplicant(deps)
    jar.set('sid', { value: await openSession(deps, { accountId: actor.id, address: '', agent: '' }) })
    expect(await shown(FiguresPage)).toBe('404')
    const manager = await as('manager', city)
    expect((await frameView(deps, manager, '李审核')).seesFigures).toBe(true)
    expect(await shown(FiguresPage, { department: '440400' })).toBe('404')
    const page = await shown(FiguresPage)
    expect(page).toContain('这个部门还没有会计人员')
    expect(page).not.toContain('<svg role="img"')
    expect(await shown(QueuePage)).toContain('href="/figures"')
    await as('viewer', city)
    expect(await shown(QueuePage)).toBe('303 /figures')
  })

  it('writes under every chart what is drawn in it', async () => {
    await fill()
    await as('manager', city)
    const page = await shown(FiguresPage, { months: '3' })
    expect(page).not.toMatch(/style=|NaN|Infinity|undefined/)
    const charts = chartsOf(page).filter(({ images }) => images > 0)
    expect(charts.map(({ title }) => title)).toEqual([
      '各月受理和审核',
      '审核用时',
      '退回原因',
      '性别',
      '年龄',
      '会计专业技术资格',
      '学历',
      '单位性质',
      '所属行业',
    ])
    for (const { title, drawn, rows } of charts.slice(1)) {
      expect(drawn.length, title).toBeGreaterThan(0)
      expect(
        rows.filter(([head]) => head !== '合计').map(([head, value]) => [head, value]),
        title,
      ).toEqual(drawn)
    }
    const months = charts[0]
    expect(months?.images).toBe(3)
    const columns = [1, 2, 3].flatMap((column) =>
      (months?.rows ?? []).slice(0, 3).map((row) => [row[0], row[column]]),
    )
    expect(columns).toEqual(months?.drawn)
    // So few of so many are not none.
    expect(charts.find(({ title }) => title === '单位性质')?.rows.slice(0, 2)).toEqual([
      ['民营企业', '1,234,560', '&gt;99.9%'],
      ['没有在职的工作经历', '7', '&lt;0.1%'],
    ])
    expect(months?.rows[0]).toEqual(['2026年9月', '0', '0', '0', '0', '0'])
    // Every picture has a name and words.
    const named = [...page.matchAll(/role="img" aria-labelledby="([\w-]+)" aria-describedby="([\w-]+)"/g)]
    expect(named).toHaveLength(11)
    expect(new Set(named.map(([, id]) => id)).size).toBe(11)
    for (const [, title, words] of named) {
      expect(page).toMatch(new RegExp(`<title id="${title}">[^<]+`))
      expect(page).toMatch(new RegExp(`<desc id="${words}">[^<]+`))
    }
  })

  it('groups its numbers, and leads down and back', async () => {
    await fill()
    await as('manager', city)
    const top = await shown(FiguresPage, { months: '24', sort: 'people' })
    expect(top).toContain('1,234,567')
    expect(top).toContain('href="/figures?department=440106&amp;months=24&amp;sort=people"')
    expect(top).toContain('25.0%')
    expect(top).toContain('20 个以上工作日')
    expect(top).not.toContain('不在本系统')
    const below = await shown(FiguresPage, { department: district })
    expect(below).toContain('href="/figures?department=440100"')
    await as('operator')
    const country = await shown(FiguresPage)
    expect(country).toContain('不在本系统')
    expect(country.match(/aspect-square/g)).toHaveLength(34)
    expect(country).toContain('台湾')
    expect(country).toContain('待审核 12')
  })
})
