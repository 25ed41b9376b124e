import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp, type Feature } from './app'
import type { Kernel } from './kernel/kernel'

/** A running HTTP server of the sandbox. */
export interface RunningSandbox {
  /** http://host:port without a slash. */
  address: string
  port: number
  close(): Promise<void>
}

/** Why the sandbox could not listen, in words that name the port and the option. */
export class PortTaken extends Error {}

function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE'
      reject(
        taken ? new PortTaken(`端口 ${port} 已被占用：请改沙箱配置里的 port，或停掉占用它的程序。`) : error,
      )
    })
    server.listen(port, host, () => resolve(server.address() as AddressInfo))
  })
}

/** Starts the HTTP side; port 0 takes any free one. The kernel stays the caller's to stop. */
export async function startSandbox(kernel: Kernel, features: Feature[]): Promise<RunningSandbox> {
  const { host, port } = kernel.config
  const server = createServer({ keepAliveTimeout: 75_000 }, createApp(kernel, features).callback())
  const bound = await listen(server, host, port)
  return {
    address: `http://${host}:${bound.port}`,
    port: bound.port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
