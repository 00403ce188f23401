import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { processesOf } from '#lib/door/settings.ts'
import { freePort } from '#tests/support/server.ts'

const program = path.join(import.meta.dirname, '../../support/many-processes.ts')

/** Starts `count` processes and whoever keeps them; all are gone when the test ends. */
async function started(count: number, manner = '', place?: number) {
  const port = place ?? (await freePort())
  const parent = spawn(process.execPath, [program, String(count), manner], {
    env: { ...process.env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let printed = ''
  parent.stdout.on('data', (bytes) => (printed += bytes))
  const ended = new Promise<number | null>((resolve) => parent.once('exit', (code) => resolve(code)))
  onTestFinished(async () => {
    parent.kill('SIGKILL')
    await ended
  })
  const lines = (): Record<string, unknown>[] =>
    printed
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line))
  const ask = async (place = '/') => (await fetch(`http://127.0.0.1:${port}${place}`)).text()
  /** Who answers, `number pid`, asked often enough to hear all of them. */
  const answering = async () => {
    const heard: string[] = []
    for (let n = 0; n < 12 * count; n += 1) heard.push(await ask().catch(() => ''))
    return [...new Set(heard)].filter((one) => one !== '').sort()
  }
  const numbers = async () => (await answering()).map((one) => one.split(' ')[0])
  const all = Array.from({ length: count }, (_, index) => String(index + 1))
  if (manner !== 'never-starts') await expect.poll(numbers, { timeout: 15_000 }).toEqual(all)
  return { parent, ended, lines, ask, answering, numbers, all }
}

it('answer on one port, are started anew under their numbers, leave nobody waiting, and end with who keeps them', async () => {
  const { parent, ended, ask, answering, numbers, lines, all } = await started(2)
  expect(lines()).toEqual([{ event: 'listening' }])
  const before = await answering()
  const asked = Array.from({ length: 6 }, (_, n) => ask(n === 0 ? '/die' : '/').catch(() => 'cut'))
  const answers = await Promise.race([Promise.all(asked), new Promise((late) => setTimeout(late, 5_000))])
  expect(answers).toHaveLength(6)
  await expect.poll(numbers, { timeout: 15_000 }).toEqual(all)
  const after = await answering()
  expect(after.filter((one) => before.includes(one))).toHaveLength(1)
  expect(lines().filter(({ event }) => event === 'process-ended')).toMatchObject([{ signal: 'SIGKILL' }])

  parent.kill('SIGKILL')
  await ended
  const isThere = (one: string) => {
    try {
      return process.kill(Number(one.split(' ')[1]), 0)
    } catch {
      return false
    }
  }
  await expect.poll(() => after.some(isThere), { timeout: 5_000 }).toBe(false)
  await expect(ask()).rejects.toThrow()
})

it('finish what is under way when they are told to end', async () => {
  const { parent, ended, ask, lines } = await started(2)
  const slow = [ask('/slow'), ask('/slow'), ask('/slow')]
  await new Promise((wake) => setTimeout(wake, 150))
  parent.kill('SIGTERM')
  expect((await Promise.all(slow)).every((one) => /^\d \d+$/.test(one))).toBe(true)
  expect(await ended).toBe(0)
  expect(lines().at(-1)).toEqual({ event: 'draining', reason: 'SIGTERM' })
})

it('are killed, and said to have failed, when one does not end in time', async () => {
  const { parent, ended } = await started(1, 'does-not-end')
  parent.kill('SIGTERM')
  expect(await ended).toBe(1)
})

it('do not begin on a port that somebody has', async () => {
  const taken = createServer()
  const port = await freePort()
  await new Promise<void>((ready) => taken.listen({ port, host: '127.0.0.1', reusePort: true }, ready))
  onTestFinished(() => void taken.close())
  const { ended, lines } = await started(2, 'never-starts', port)
  expect(await ended).toBe(3)
  expect(lines()).toEqual([{ event: 'EADDRINUSE' }])
})

it('that cannot start end it all with 1, instead of being started for ever', async () => {
  const { ended, lines } = await started(2, 'never-starts')
  expect(await ended).toBe(1)
  expect(lines().filter(({ event }) => event === 'listening')).toEqual([])
})

it('are one unless said, and several on PostgreSQL alone', () => {
  expect(processesOf({}, false)).toBe(1)
  expect(processesOf({ PROCESSES: '' }, true)).toBe(1)
  expect(processesOf({ PROCESSES: '1' }, false)).toBe(1)
  expect(processesOf({ PROCESSES: '2', DATABASE_URL: 'postgres://db' }, false)).toBe(2)
  expect(() => processesOf({ PROCESSES: '2' }, false)).toThrow('PROCESSES needs PostgreSQL')
  expect(() => processesOf({ PROCESSES: '2', DATABASE_URL: 'postgres://db' }, true)).toThrow('one process')
  for (const PROCESSES of ['0', '65', '-1', 'many'])
    expect(() => processesOf({ PROCESSES, DATABASE_URL: 'postgres://db' }, false)).toThrow(
      'PROCESSES must be',
    )
})
