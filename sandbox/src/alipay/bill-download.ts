import type { RouterContext } from '@koa/router'
import type { Kernel } from '../kernel/kernel'
import { billZip } from './bill-files'
import { billTickets } from './methods/bill-url'

/** GET /alipay/downloadBillFile.resource: the ZIP while its token lives; then 403 (the real status is unconfirmed). */
export function downloadBill(kernel: Kernel, ctx: RouterContext): void {
  const token = typeof ctx.query['token'] === 'string' ? ctx.query['token'] : ''
  const ticket = billTickets(kernel).get(token)
  if (!ticket || ticket.expiresMs < kernel.clock.now() || ctx.query['bizType'] !== ticket.type) {
    ctx.status = 403
    ctx.body = 'Forbidden'
    return
  }
  ctx.set('content-type', 'application/zip')
  ctx.set('content-disposition', `attachment; filename=${ticket.pid}0156_${ticket.period.label}.csv.zip`)
  ctx.body = billZip(kernel, ticket.pid, ticket.type, ticket.period)
}
