import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '../app'
import type { Kernel } from '../kernel/kernel'
import { testKernel } from '../kernel/testing'
import { utilityControl, utilityRoutes } from './index'

/** A billing system of one company, on a port of its own. */
export async function startUtility(company: {
  readonly companyId: string
  readonly secret: string
}): Promise<{ readonly kernel: Kernel; readonly origin: string; readonly stop: () => Promise<void> }> {
  const kernel = testKernel({ utility: [company] })
  const app = createApp(kernel, [
    { prefix: '/utility', router: utilityRoutes(kernel), faulty: false },
    { prefix: '/control', router: utilityControl(kernel), faulty: false },
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
