import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '../app'
import type { Kernel } from '../kernel/kernel'
import { testKernel } from '../kernel/testing'
import { taxControl, taxRoutes } from './index'

/** A tax platform on a port of its own, where these companies are registered. */
export async function startTax(account: {
  readonly appKey: string
  readonly secret: string
  readonly sellers: { readonly taxNo: string; readonly name: string }[]
}): Promise<{ readonly kernel: Kernel; readonly origin: string; readonly stop: () => Promise<void> }> {
  const kernel = testKernel({ tax: account })
  const app = createApp(kernel, [
    { prefix: '/tax', router: taxRoutes(kernel), faulty: true },
    { prefix: '/control', router: taxControl(kernel), faulty: false },
  ])
  const server = createServer(app.callback())
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    kernel,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: async () => {
      await kernel.stop()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
