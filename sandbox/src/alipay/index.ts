import { Router } from '@koa/router'
import type { Kernel } from '../kernel/kernel'
import { downloadBill } from './bill-download'
import { declareAlipayFaults } from './fault-names'
import { gateway } from './gateway'
import { resumeNotices } from './notices'
import { authorizePage } from './pages/oauth'
import { payAtCashier, quitCashier, returnToMerchant, showCashier } from './pages/cashier'
import { armAllTimeouts } from './transitions'
import { refundedFen, tradeTable } from './trades'

/** Alipay's open platform as an application meets it. Mounted under /alipay; written from reference/alipay.md only. */
export function alipayRoutes(kernel: Kernel): Router {
  declareAlipayFaults(kernel.faults)
  armAllTimeouts(kernel)
  resumeNotices(kernel)
  kernel.money.register('alipay', () =>
    tradeTable(kernel)
      .all()
      .filter((trade) => trade.paidMs !== undefined)
      .map((trade) => ({
        channel: 'alipay',
        account: trade.pid,
        outTradeNo: trade.outTradeNo,
        tradeNo: trade.tradeNo,
        totalFen: trade.totalFen,
        refundedFen: refundedFen(trade),
        state: trade.state,
      })),
  )
  const router = new Router()
  router.all('/gateway.do', (ctx) => gateway(kernel, ctx))
  router.get('/oauth2/publicAppAuthorize.htm', (ctx) => authorizePage(kernel, ctx))
  router.get('/cashier/:id', (ctx) => showCashier(kernel, ctx))
  router.post('/cashier/:id/pay', (ctx) => payAtCashier(kernel, ctx))
  router.get('/cashier/:id/return', (ctx) => returnToMerchant(kernel, ctx))
  router.get('/cashier/:id/quit', (ctx) => quitCashier(kernel, ctx))
  router.get('/downloadBillFile.resource', (ctx) => downloadBill(kernel, ctx))
  return router
}
