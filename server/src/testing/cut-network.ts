import { once } from 'node:events'
import { connect, createServer, type Server, type Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import { isDeepStrictEqual } from 'node:util'
import type { Reader } from '../core/db/database'

/**
 * - `whole`: bytes go both ways
 * - `before`: the connection dies with the first byte of the request, which never arrives
 * - `after`: the request arrives and is answered, and the connection dies before a byte of the answer comes through
 * - `slow`: the request is still on its way when the client gives up, and arrives with `arrive`
 */
export type Cut = 'whole' | 'before' | 'after' | 'slow'

/** A stretch of network in front of a server, which can be cut in the middle of a call. */
export interface CutNetwork {
  readonly url: string
  /** How the next calls fare. */
  set(cut: Cut): void
  /** What was slow reaches the server now; answers when all of it was answered, which nobody hears. */
  arrive(): Promise<void>
  close(): Promise<void>
}

export async function cutNetwork(target: string): Promise<CutNetwork> {
  const { hostname, port } = new URL(target)
  let cut: Cut = 'whole'
  const open = new Set<Socket>()
  const slow: Buffer[] = []
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
    let come = Buffer.alloc(0)
    near.on('data', (bytes) => {
      if (cut === 'before') near.destroy()
      else if (cut !== 'slow') far.write(bytes)
      else {
        come = Buffer.concat([come, bytes])
        if (!isWholeRequest(come)) return
        slow.push(come)
        near.destroy()
      }
    })
    far.on('data', (bytes) => (cut === 'after' ? near.destroy() : near.write(bytes)))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    set: (next) => {
      cut = next
    },
    arrive: async () => {
      await Promise.all(
        slow.splice(0).map(async (request) => {
          const late = connect(Number(port), hostname)
          late.write(request)
          await once(late, 'data')
          late.destroy()
        }),
      )
    },
    close: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function isWholeRequest(bytes: Buffer): boolean {
  const body = bytes.indexOf('\r\n\r\n') + 4
  const length = /content-length: (\d+)/i.exec(bytes.toString('latin1'))
  return body > 3 && bytes.length === body + Number(length?.[1] ?? 0)
}

/** How many rows each table has: what is done twice leaves more of them. */
export async function countRows(reader: Reader, tables: readonly string[]): Promise<Map<string, number>> {
  const counts = tables.map((name) => `SELECT '${name}' AS name, COUNT(*) AS n FROM ${name}`)
  const rows = await reader.query<{ name: string; n: number }>(counts.join(' UNION ALL '))
  return new Map(rows.map(({ name, n }) => [name, Number(n)]))
}

/**
 * Sends one act over a network that is cut before it arrives; then one so slow that the client gives up and sends again,
 * so that both arrive at one moment, and is cut before an answer comes; and then over a whole one, twice. `untouched`:
 * nothing was done by what had not arrived; `twice`: repeats left more rows than the act itself.
 */
export async function sendThroughCuts<T>(
  network: CutNetwork,
  send: () => Promise<T>,
  count: () => Promise<Map<string, number>>,
): Promise<{ untouched: boolean; twice: boolean; answers: T[] }> {
  const lost = async (cut: Cut): Promise<void> => {
    network.set(cut)
    const came = await send().then(
      () => true,
      (error: unknown) => {
        if (error instanceof TypeError) return false
        throw error
      },
    )
    if (came) throw new Error(`an answer came although the network was cut ${cut} it`)
  }
  const before = await count()
  await lost('before')
  await lost('slow')
  const untouched = isDeepStrictEqual(await count(), before)
  await Promise.all([network.arrive(), lost('after')])
  const done = await count()
  network.set('whole')
  const answers = [await send(), await send()]
  return { untouched, twice: !isDeepStrictEqual(await count(), done), answers }
}
