import { connect, createServer, type Server, type Socket } from 'node:net'

/**
 * One address in front of several: connections go to the next backend that answers, as a load balancer without
 * health checks would send them. It can also cut everything that passes through it, as a broken network does.
 */
export interface TcpProxy {
  readonly port: number
  /** While cut, open connections are broken and new ones are refused after they were made. */
  cut(isCut: boolean): void
  /** While stalled, bytes are kept back and nobody is told. */
  stall(isStalled: boolean): void
  /** While on, new connections get their bytes to the backend and never an answer. */
  swallowAnswers(swallows: boolean): void
  close(): Promise<void>
}

export async function startTcpProxy(backendPorts: readonly number[]): Promise<TcpProxy> {
  const open = new Set<Socket>()
  let turn = 0
  let isCut = false
  let isStalled = false
  let swallows = false
  const server = createServer((client) => {
    open.add(client)
    client.on('error', () => undefined)
    client.once('close', () => open.delete(client))
    if (isCut) {
      client.destroy()
      return
    }
    turn += 1
    join(client, rotated(backendPorts, turn))
  })

  const join = (client: Socket, ports: readonly number[]): void => {
    const [port, ...others] = ports
    if (port === undefined) {
      client.destroy()
      return
    }
    const backend = connect(port, '127.0.0.1')
    open.add(backend)
    let connected = false
    backend.once('connect', () => {
      connected = true
      client.pipe(backend)
      if (swallows) backend.resume()
      else backend.pipe(client)
      if (isStalled) pause(client, backend)
    })
    backend.on('error', () => {
      if (connected) client.destroy()
      else join(client, others)
    })
    backend.once('close', () => {
      open.delete(backend)
      if (connected) client.destroy()
    })
    client.once('close', () => backend.destroy())
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: portOf(server),
    cut: (value) => {
      isCut = value
      if (value) for (const socket of open) socket.destroy()
    },
    stall: (value) => {
      isStalled = value
      for (const socket of open) {
        if (value) socket.pause()
        else socket.resume()
      }
    },
    swallowAnswers: (value) => {
      swallows = value
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function pause(client: Socket, backend: Socket): void {
  client.pause()
  backend.pause()
}

function rotated(ports: readonly number[], by: number): number[] {
  const at = by % Math.max(1, ports.length)
  return [...ports.slice(at), ...ports.slice(0, at)]
}

function portOf(server: Server): number {
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the proxy has no port')
  return address.port
}
