import type { Server, Socket } from 'node:net'
import { networkOf } from '../network.ts'
import { isLoopback } from './request-headers.ts'

/**
 * Bounds the connections a server holds, and lets one network have a quarter of them. A proxy brings everybody's: where one
 * is trusted, and from this machine, only the whole is bounded.
 */
export function boundConnections(
  server: Server,
  { most, behindProxy }: { most: number; behindProxy: boolean },
): void {
  server.maxConnections = most
  const share = Math.ceil(most / 4)
  const networks = new Map<string, number>()
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? ''
    if (behindProxy || isLoopback(address.replace(/^::ffff:/, ''))) return
    const network = networkOf(address)
    const count = (networks.get(network) ?? 0) + 1
    if (count > share) {
      socket.destroy()
      return
    }
    networks.set(network, count)
    socket.once('close', () => {
      const left = (networks.get(network) ?? 1) - 1
      if (left > 0) networks.set(network, left)
      else networks.delete(network)
    })
  })
}
