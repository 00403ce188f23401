/** What the image holds, made by the step the Dockerfile calls and started as it would be, without an engine. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { jpegOfBytes } from '#tests/support/pictures.ts'
import { formWith, PlainBrowser } from '#tests/support/plain-browser.ts'
import { rawRequest } from '#tests/support/raw-request.ts'
import { freePort } from '#tests/support/server.ts'
import { asTraced } from '../../scripts/container-files.mjs'
import { actionKey } from '../../scripts/prepare.mjs'

const user = 10_001
const asUser = ['setpriv', `--reuid=${user}`, `--regid=${user}`, '--clear-groups', '--no-new-privs']
/** The long form builds, as the image does; the short one takes the build that is there. */
const long = process.env.TEST_LONG === '1'
const key = actionKey()
const basicPage = '/collection/basic'
const token = 'a-token-of-the-container-test'

/** Another user is what the test is about; without the right to become one nothing is tested. */
const canBecome =
  process.getuid?.() === 0 && spawnSync(asUser[0] ?? '', [...asUser.slice(1), 'true']).status === 0
if (!canBecome)
  console.log('not run: the container, as it takes root and setpriv to start it as another user')

/** What the image's build sees, with its packages: it builds of that alone. */
async function sourcesOfImage(to: string): Promise<string> {
  await mkdir(to)
  const rules = (await readFile('.dockerignore', 'utf8')).split('\n').filter((line) => line.startsWith('!'))
  for (const rule of rules) await cp(rule.slice(1), path.join(to, rule.slice(1)), { recursive: true })
  // Linked file by file: a build follows no link out of its folder.
  spawnSync('cp', ['-al', 'node_modules', to])
  return to
}

const suite = () => {
  let folder: string
  let from: string
  let app: string
  let env: NodeJS.ProcessEnv
  let url: string
  let server: ChildProcess | undefined
  let said = ''

  /** A program inside, as the container's user, with the container's environment and nothing else. */
  const inside = (...command: readonly string[]) => {
    const done = spawnSync(asUser[0] ?? '', [...asUser.slice(1), ...command], {
      cwd: app,
      env,
      encoding: 'utf8',
    })
    return { status: done.status, said: done.stdout + done.stderr }
  }

  beforeAll(
    async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'kuaiji-container-'))
      app = path.join(folder, 'app')
      from = long ? await sourcesOfImage(path.join(folder, 'src')) : process.cwd()
      const step = [path.join(from, 'scripts/container.mjs'), '--into', app]
      const made = spawnSync(process.execPath, step, {
        cwd: from,
        encoding: 'utf8',
        env: { ...process.env, ACTION_KEY: key },
      })
      if (made.status !== 0) throw new Error(made.stdout + made.stderr)
      console.log(made.stdout.trim())
      await chmod(folder, 0o755)
      await mkdir(path.join(folder, 'bin'))
      await symlink(process.execPath, path.join(folder, 'bin/node'))
      const data = path.join(folder, 'data')
      await mkdir(data)
      await chown(data, user, user)
      const port = await freePort()
      url = `http://127.0.0.1:${port}`
      env = {
        PATH: `${folder}/bin:/usr/bin:/bin`,
        NODE_ENV: 'production',
        TZ: 'Asia/Shanghai',
        HOST: '127.0.0.1',
        PORT: String(port),
        DATA_DIR: path.join(data, 'app'),
        DEMO: '1',
        CAPTCHA_FIXED: '2468',
        TRUST_PROXY: '1',
        METRICS_TOKEN: token,
        BUILD_COMMIT: 'abc1234',
      }
    },
    long ? 900_000 : 120_000,
  )
  afterAll(async () => {
    server?.kill('SIGKILL')
    await rm(folder, { recursive: true, force: true })
  })

  // An address put together at run time is taken for any file that ends like it: of a checkout in use, everybody's data.
  it('is made of a build that took nothing along but what it was told', async () => {
    const built = await readdir(path.join(from, '.next/standalone'))
    expect(built.toSorted()).toEqual(['.next', 'node_modules', 'package.json', 'server.js'])
  })

  it('is nothing its user could change, and holds no key and no data', () => {
    const writable = inside('find', '.', '-not', '-type', 'l', '-writable')
    expect([writable.status, writable.said]).toEqual([0, ''])
    const private_ = inside(
      'find',
      '.',
      '-name',
      '.action-key',
      '-o',
      '-name',
      '.env*',
      '-o',
      '-name',
      '*.keys',
    )
    expect([private_.status, private_.said]).toEqual([0, ''])
    expect(inside('grep', '-rlF', key, '.').said).toBe('')
    expect(inside('sh', '-c', 'ls -d data tests bench .git 2>/dev/null').said).toBe('')
  })

  it('has every package, those that are loaded late as well', async () => {
    const { dependencies } = JSON.parse(await readFile('package.json', 'utf8'))
    const entries: Readonly<Record<string, string>> = { 'write-excel-file': 'write-excel-file/node' }
    const names = Object.keys(dependencies).flatMap((name) =>
      asTraced.has(name) ? [] : [entries[name] ?? name],
    )
    const script = `for (const name of ${JSON.stringify(names)}) await import(name).catch((error) => console.log(name, error.message))`
    expect(inside('node', '--input-type=module', '-e', script)).toEqual({ status: 0, said: '' })
  }, 60_000)

  it('migrates and starts by its entry, and is found healthy', async () => {
    const started = spawn(asUser[0] ?? '', [...asUser.slice(1), './scripts/container-entry.sh'], {
      cwd: app,
      env,
    })
    server = started
    for (const stream of [started.stdout, started.stderr]) stream.on('data', (bytes) => (said += bytes))
    const ready = async () => (await fetch(`${url}/readyz`).catch(() => null))?.status
    await expect.poll(ready, { timeout: 60_000, message: said }).toBe(200)
    expect(await (await fetch(`${url}/healthz`)).text()).toBe('ok')
    const [, check = ''] = /^ {2}CMD (\[.*\])$/m.exec(await readFile('Dockerfile', 'utf8')) ?? []
    const command: string[] = JSON.parse(check)
    expect(inside(...command)).toEqual({ status: 0, said: '' })
  }, 90_000)

  it('shows its pages with their files, and makes a PDF', async () => {
    const page = await (await fetch(`${url}/login`)).text()
    expect(page).toContain('name="password"')
    const files = [...page.matchAll(/(?:href|src)="(\/_next\/static\/[^"]+)"/g)].map(([, at = '']) => at)
    expect(files.length).toBeGreaterThan(2)
    for (const at of files) {
      const file = await fetch(url + at)
      expect([file.status, (await file.arrayBuffer()).byteLength > 0], at).toEqual([200, true])
    }
    const pdf = await fetch(`${url}/templates/resume/pdf`)
    expect([pdf.status, (await pdf.text()).slice(0, 5)]).toEqual([200, '%PDF-'])
  })

  it('signs somebody in and takes a picture', async () => {
    const accounts: { role: string; state?: string; login: string; password: string }[] = JSON.parse(
      await readFile(path.join(env.DATA_DIR ?? '', 'demo-accounts.json'), 'utf8'),
    )
    const someone = accounts.find(({ role, state }) => role === 'applicant' && state === 'draft')
    if (!someone) throw new Error('no demo applicant with a draft')
    const browser = new PlainBrowser(() => url)
    const { login, password } = someone
    const form = formWith(await browser.page('/login'), '/login', 'name="password"')
    const signIn = { login, password, captcha: '2468', intent: 'sign-in' }
    expect(await browser.post(form, signIn)).toMatchObject({ status: 303, location: '/' })
    const slot = formWith(await browser.page(basicPage), basicPage, 'type="file"', '/idFront"')
    const picture = new Blob([new Uint8Array(await jpegOfBytes(800, 600, 30_000))])
    expect(await browser.post(slot, { file: picture })).toMatchObject({
      status: 303,
      location: `${basicPage}?done=uploaded#slot-idFront`,
    })
    const [, shown = ''] = /href="(\/files\/[\w-]+)"/.exec(await browser.page(basicPage)) ?? []
    expect(await browser.get(shown)).toMatchObject({ status: 200, headers: { 'content-type': 'image/jpeg' } })
  })

  it('tells its numbers on its own machine or for the token, and nobody else that there are any', async () => {
    const ask = (headers: Record<string, string> = {}) => rawRequest(`${url}/metrics`, { headers })
    const forwarded = { 'x-forwarded-for': '203.0.113.9' }
    const { status, headers, body } = await ask()
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8'])
    expect(body).toMatch(/^kuaiji_build_info\{version="[\d.]+",commit="abc1234",.*engine="sqlite"\} 1$/m)
    expect(body).toMatch(/^kuaiji_http_requests_total\{lane="page",status="2xx"\} [1-9]/m)
    expect(body).toMatch(/^kuaiji_http_requests_total\{lane="file",status="3xx"\} 1$/m)
    expect(body).toMatch(/^nodejs_eventloop_lag_p99_seconds /m)
    expect((await ask({ ...forwarded, authorization: `Bearer ${token}` })).status).toBe(200)
    const others: readonly Record<string, string>[] = [
      forwarded,
      { ...forwarded, authorization: `Bearer ${token}x` },
      { ...forwarded, 'x-direct': '1' },
      { via: '1.1 proxy' },
      { host: 'acc.example' },
    ]
    for (const not of others)
      expect(await ask(not), JSON.stringify(not)).toMatchObject({ status: 404, body: 'not found' })
  })

  it('does what operators type, beside the running server', () => {
    expect(inside('node', 'ops/main.ts', 'verify').status).toBe(0)
    const made = inside('node', 'ops/main.ts', 'create-operator', '陈主任')
    expect([made.status, made.said]).toEqual([0, expect.stringContaining('/invitations/')])
    expect(inside('node', 'ops/main.ts', 'nonsense').status).toBe(2)
  })

  it('ends in order when it is told to', async () => {
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    server?.kill('SIGTERM')
    expect(await ended).toBe(0)
    expect(said).toContain('"event":"stopped"')
    expect(said).not.toMatch(/"event":"(fault|worker-fault|rejection|exception)"|EACCES|EROFS/)
  })
}

if (canBecome) describe('the container (OPS-2)', { timeout: 60_000 }, () => suite())
