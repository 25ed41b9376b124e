import { Router } from '@koa/router'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createApp } from '../app'
import { controlRoutes } from '../control'
import type { Kernel } from '../kernel/kernel'
import { linksControl } from '../links/index'
import { KEYLESS_ALIPAY_APP, testKernel } from '../kernel/testing'
import { phonesRoutes, startPhones } from './index'

/** A request as the portal behind the phones received it. */
export interface Seen {
  method: string
  url: string
  headers: IncomingMessage['headers']
  body: string
}

/** A portal, the sandbox's pages and control API, and both phones, on free ports of this machine. */
export interface PhonesWorld {
  kernel: Kernel
  seen: Seen[]
  portal: string
  sandbox: string
  wechat: string
  alipay: string
  worker: string
  /** What the wallets were asked to do, in order. */
  payments: { wallet: string; reference: string; personId: string; outcome: string }[]
  close(): Promise<void>
}

type Handler = (incoming: IncomingMessage, out: ServerResponse, seen: Seen) => void

async function serve(handler: (incoming: IncomingMessage, out: ServerResponse) => void): Promise<{
  origin: string
  port: number
  close: () => Promise<void>
}> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin: `http://127.0.0.1:${port}`, port, close }
}

const ORDER = { description: '供热费 2026-2027 采暖季', totalFen: 363_408 }

/** The wallets' half of the control API with one order that is always there, so that a sheet can be tried alone. */
function walletControl(kernel: Kernel, payments: PhonesWorld['payments']): Router {
  const router = new Router()
  router.post('/wechat/check-pay', (ctx) => {
    ctx.body = { ok: true }
  })
  router.get('/wechat/prepay/:id', (ctx) => {
    if (ctx.params['id'] === 'wx404') {
      ctx.status = 404
      ctx.body = { message: '没有这个 prepay_id' }
      return
    }
    ctx.body = { merchantName: '开源市热力有限公司', ...ORDER, state: 'NOTPAY' }
  })
  router.get('/alipay/trade/:id', (ctx) => {
    ctx.body = {
      seller: '开源市燃气有限公司',
      subject: '燃气费 2026年10月',
      totalFen: 8_525,
      state: 'WAIT_BUYER_PAY',
    }
  })
  const words: Record<string, { errMsg: string; resultCode: string }> = {
    paid: { errMsg: 'requestPayment:ok', resultCode: '9000' },
    'ok-but-unpaid': { errMsg: 'requestPayment:ok', resultCode: '9000' },
    cancel: { errMsg: 'requestPayment:fail cancel', resultCode: '6001' },
    fail: { errMsg: 'requestPayment:fail (银行卡余额不足)', resultCode: '4000' },
  }
  for (const wallet of ['wechat', 'alipay']) {
    router.post(`/${wallet}/pay`, (ctx) => {
      const body = JSON.parse(String(ctx.state['rawBody'])) as Record<string, string>
      const outcome = body['outcome'] ?? ''
      payments.push({
        wallet,
        reference: body['prepayId'] ?? body['tradeNo'] ?? '',
        personId: body['personId'] ?? '',
        outcome,
      })
      ctx.body = words[outcome]
    })
    router.post(`/${wallet}/subscribe`, (ctx) => {
      const body = JSON.parse(String(ctx.state['rawBody'])) as {
        tmplIds?: string[]
        entityIds?: string[]
        answer: string
      }
      ctx.body = Object.fromEntries((body.tmplIds ?? body.entityIds ?? []).map((id) => [id, body.answer]))
    })
  }
  router.get('/sms', (ctx) => {
    ctx.body = []
  })
  router.use(linksControl(kernel).routes())
  router.use(controlRoutes(kernel).routes())
  return router
}

function readBody(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    incoming.on('data', (chunk) => {
      text += String(chunk)
    })
    incoming.on('end', () => resolve(text))
  })
}

/** Starts a world around `handler`, which answers as the portal would. */
export async function startPhonesWorld(handler: Handler): Promise<PhonesWorld> {
  const seen: Seen[] = []
  const payments: PhonesWorld['payments'] = []
  const portal = await serve((incoming, out) => {
    const answer = async (): Promise<void> => {
      const body = await readBody(incoming)
      const one = { method: incoming.method ?? '', url: incoming.url ?? '', headers: incoming.headers, body }
      seen.push(one)
      handler(incoming, out, one)
    }
    void answer()
  })
  const kernel = testKernel({ portalOrigin: portal.origin, alipay: { apps: [KEYLESS_ALIPAY_APP] } })
  // The wallet's own pages, reduced to what the phone must do with them.
  const walletPages = new Router()
  walletPages.get('/cashier', (ctx) => {
    ctx.body = `<html><head><title>收银台</title></head><body>
<p id="who">${String(ctx.cookies.get('sandbox_person'))}</p>
<script>const back="${portal.origin}/paid?trade=1"</script></body></html>`
  })
  walletPages.get('/back', (ctx) => {
    ctx.redirect(`${portal.origin}/paid?code=1`)
  })
  const app = createApp(kernel, [
    { prefix: '/alipay', router: walletPages, faulty: false },
    { prefix: '/wechat-open', router: walletPages, faulty: false },
    { prefix: '/control', router: walletControl(kernel, payments), faulty: false },
    { prefix: '', router: phonesRoutes(kernel), faulty: false },
  ])
  const sandbox = await serve(app.callback())
  const phones = await startPhones(kernel, { sandboxPort: sandbox.port })
  return {
    kernel,
    seen,
    payments,
    portal: portal.origin,
    sandbox: sandbox.origin,
    wechat: `http://127.0.0.1:${phones.wechatPort}`,
    alipay: `http://127.0.0.1:${phones.alipayPort}`,
    worker: `http://127.0.0.1:${phones.workerPort}`,
    close: async () => {
      await phones.close()
      await Promise.all([portal.close(), sandbox.close()])
      await kernel.stop()
    },
  }
}
