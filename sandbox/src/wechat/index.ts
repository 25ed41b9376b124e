import type { Feature } from '../app'
import type { Kernel } from '../kernel/kernel'
import { resumeMediaChecks } from './api/media-check'
import { API_FAULTS, wechatApiRoutes } from './api/routes'
import { wechatControl } from './control'
import { wechatOpenRoutes } from './open/routes'
import { notifyPaid, notifyRefund, PAY_FAULTS } from './pay/callbacks'
import { orders, wechatMoney } from './pay/orders'
import { refunds } from './pay/refund-store'
import { scheduleRefund } from './pay/refunds'
import { wechatPayRoutes } from './pay/routes'

// What was under way when the sandbox stopped goes on: a platform does not forget its callbacks over a restart.
function resume(kernel: Kernel): void {
  resumeMediaChecks(kernel)
  for (const order of orders(kernel).all()) if (order.notifyPending) notifyPaid(kernel, order)
  for (const refund of refunds(kernel).all()) {
    const order = orders(kernel).get(refund.orderId)
    if (refund.status === 'PROCESSING') scheduleRefund(kernel, refund.id)
    else if (order && refund.notifyPending) notifyRefund(kernel, order, refund)
  }
}

function payBusy(status: 429 | 500): string {
  return status === 429
    ? '{"code":"FREQUENCY_LIMITED","message":"频率超限，请降低请求接口频率"}'
    : '{"code":"SYSTEM_ERROR","message":"系统异常，请用相同参数重新调用"}'
}

/** WeChat's half of the sandbox: the API, the authorization page, WeChat Pay, and the phone's controls. */
export function wechatFeatures(kernel: Kernel): Feature[] {
  for (const [name, title] of [...API_FAULTS, ...PAY_FAULTS]) kernel.faults.declare(name, title)
  kernel.money.register('wechat', () => wechatMoney(kernel))
  resume(kernel)
  return [
    { prefix: '/wechat-api', router: wechatApiRoutes(kernel), faulty: true },
    { prefix: '/wechat-open', router: wechatOpenRoutes(kernel), faulty: false },
    { prefix: '/wechat-pay', router: wechatPayRoutes(kernel), faulty: true, busyBody: payBusy },
    { prefix: '/control', router: wechatControl(kernel), faulty: false },
  ]
}
