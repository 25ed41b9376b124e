import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'

/**
 * - `whole`: bytes go both ways
 * - `before`: the connection dies with the first byte of the request, which never arrives
 * - `after`: the request arrives and is answered, and the connection dies before a byte of the answer comes through
 */
export type Cut = 'whole' | 'before' | 'after'

/** A stretch of network in front of a server, which can be cut in the middle of a call. */
export interface CutNetwork {
  readonly url: string
  /** How the next calls fare. */
  set(cut: Cut): void
  close(): Promise<void>
}

export async function cutNetwork(target: string): Promise<CutNetwork> {
  const { hostname, port } = new URL(target)
  let cut: Cut = 'whole'
  const open = new Set<Socket>()
  const server: Server = createServer((near) => {
    const far = connect(Number(port), hostname)
    for (const socket of [near, far]) {
      open.add(socket)
      // Cut lines end in errors on both sides; that is what is played here.
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.on('data', (bytes) => (cut === 'before' ? near.destroy() : far.write(bytes)))
    far.on('data', (bytes) => (cut === 'after' ? near.destroy() : near.write(bytes)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (next) => {
      cut = next
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
