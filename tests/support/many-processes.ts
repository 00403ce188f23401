/** A tiny service of several processes for processes.test.ts: `node many-processes.ts <count> <manner>`. */
import { createServer } from 'node:http'
import { keepProcesses } from '#lib/door/processes.ts'

const [count = '2', manner = ''] = process.argv.slice(2)
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const [port, host] = [Number(process.env.PORT), '127.0.0.1']

if (process.env.PROCESS_NUMBER) {
  if (manner === 'never-starts') process.exit(1)
  const server = createServer((request, response) => {
    response.setHeader('connection', 'close')
    // One that is asked for slowly is under way when the end comes.
    const slow = request.url === '/slow' ? 500 : 0
    setTimeout(() => response.end(`${process.env.PROCESS_NUMBER} ${process.pid}`), slow)
    if (request.url === '/die') process.kill(process.pid, 'SIGKILL')
  })
  const end = () => {
    if (manner !== 'does-not-end') server.close(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.once('disconnect', end)
  server.listen({ port, host, reusePort: true }, () => process.send?.('listening'))
} else {
  const listening = () => say({ event: 'listening' })
  const parts = { count: Number(count), port, host, log: say, limit: 700, listening, pause: 50 }
  process.exit(
    await keepProcesses(parts).catch((error: NodeJS.ErrnoException) => {
      say({ event: error.code })
      return 3
    }),
  )
}
