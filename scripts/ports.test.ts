import { createServer } from 'node:net'
import { freePort, isFree, takenPorts } from './ports'

async function occupied<T>(work: (port: number) => Promise<T>): Promise<T> {
  const port = await freePort()
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  try {
    return await work(port)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
}

test('a port that is given out is free, given once, and never lent to an outgoing connection', async () => {
  const ports = await Promise.all(Array.from({ length: 50 }, () => freePort()))
  expect(new Set(ports).size).toBe(50)
  for (const port of ports) {
    expect(await isFree(port)).toBe(true)
    expect(port).toBeLessThan(32_768)
  }
})

test('a taken port is named together with the option that changes it', async () => {
  const other = await freePort()
  await occupied(async (port) => {
    const lines = await takenPorts([
      { port, what: 'the portal', option: '--port' },
      { port: other, what: 'the phones', option: '--sandbox-port' },
    ])
    expect(lines).toEqual([
      `Port ${port} (the portal) is taken by another program: choose another with --port`,
    ])
  })
})
