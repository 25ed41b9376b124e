import { randomInt } from 'node:crypto'
import { connect, createServer, type Server } from 'node:net'

const HOST = '127.0.0.1'

/**
 * Below those that the system lends to outgoing connections (from 32768 on): a server that is killed and started again
 * would find its port lent out. Above those that browsers refuse.
 */
const OURS = { from: 12_000, count: 20_000 }
const given = new Set<number>()

/** A port that is free now on the loopback address, and was not given to anybody else by this process. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = OURS.from + randomInt(OURS.count)
    if (given.has(port) || !(await isFree(port))) continue
    given.add(port)
    return port
  }
}

/** Whether nothing listens on that port of this machine. */
export async function isFree(port: number): Promise<boolean> {
  try {
    const server = await bind(port)
    await new Promise((resolve) => server.close(resolve))
    return true
  } catch {
    return false
  }
}

function bind(port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(port, HOST, () => resolve(server))
  })
}

/** A port that something has to be listening on, and what a person types to choose another. */
export interface WantedPort {
  readonly port: number
  readonly what: string
  readonly option: string
}

/** One line for each port that another program holds; empty when all are free. */
export async function takenPorts(wanted: readonly WantedPort[]): Promise<string[]> {
  const lines = await Promise.all(
    wanted.map(async ({ port, what, option }) =>
      (await isFree(port))
        ? null
        : `Port ${port} (${what}) is taken by another program: choose another with ${option}`,
    ),
  )
  return lines.filter((line) => line !== null)
}

/** Sends `greeting` to a local port and gives the first bytes that come back; null when nobody answers in time. */
export function firstBytes(port: number, greeting: string, timeoutMs = 1000): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const socket = connect(port, HOST)
    const finish = (bytes: Buffer | null): void => {
      socket.destroy()
      resolve(bytes)
    }
    socket.setTimeout(timeoutMs, () => finish(null))
    socket.once('error', () => finish(null))
    socket.once('end', () => finish(null))
    socket.once('data', finish)
    if (greeting !== '') socket.write(greeting)
  })
}
