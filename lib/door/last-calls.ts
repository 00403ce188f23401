import cluster from 'node:cluster'
import type { Server } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause, setImmediate as turnOfTheLoop } from 'node:timers/promises'
import { isEveryAddress } from './origin.ts'

/** ms in which what was sent before arrives and is read. */
const onTheWay = 250
/** ms that a crowd at the gate is given; behind it stand those who came later. */
const longest = 15_000

/**
 * Resolves once every connection made before has been taken up. They are taken up in the order in which they were made, one
 * in each turn of the loop, so that under load many stand there: one of our own, made now, is the last of them.
 */
function gateIsPassed(server: Server): Promise<void> {
  const place = server.address()
  // Where several processes share a port, the one that keeps them takes up the connections.
  if (place === null || typeof place === 'string' || cluster.isWorker) return Promise.resolve()
  const { address, port } = place
  return new Promise((resolve) => {
    const host = isEveryAddress(address) ? (address === '::' ? '::1' : '127.0.0.1') : address
    const own = connect(port, host)
    const end = () => {
      server.off('connection', look)
      own.destroy()
      resolve()
    }
    const look = ({ remotePort }: { remotePort?: number }) => {
      if (remotePort === own.localPort) end()
    }
    server.on('connection', look)
    own.once('error', end).once('close', end)
  })
}

/** Resolves when all that was asked before has been read, and after `limit` ms at the latest; closing would cut it off. */
export async function lastCalls(server: Server, limit: number): Promise<void> {
  const wait = Math.min(onTheWay, limit)
  const most = Math.min(longest, limit)
  await Promise.all([
    pause(wait),
    Promise.race([gateIsPassed(server), pause(most, undefined, { ref: false })]),
  ])
  // What was taken up last is read in the next turn.
  await turnOfTheLoop()
  await turnOfTheLoop()
}
