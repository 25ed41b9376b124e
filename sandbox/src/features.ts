import { alipayRoutes } from './alipay/index'
import { alipayControl } from './alipay/control'
import type { Feature } from './app'
import { controlRoutes } from './control'
import type { Kernel } from './kernel/kernel'
import { linksControl } from './links/index'
import { declareMailFaults, mailControl } from './mail/index'
import { phonesRoutes } from './phones/index'
import { smsControl, smsRoutes } from './sms/index'
import { switchControl } from './switch/index'
import { taxControl, taxRoutes } from './tax/index'
import { utilityControl, utilityRoutes } from './utility/index'
import { wechatFeatures } from './wechat/index'

/** The one list of what the sandbox is made of. */
export function allFeatures(kernel: Kernel): Feature[] {
  declareMailFaults(kernel)
  const control = [
    controlRoutes(kernel),
    alipayControl(kernel),
    smsControl(kernel),
    mailControl(kernel),
    utilityControl(kernel),
    switchControl(kernel),
    taxControl(kernel),
    linksControl(kernel),
  ]
  return [
    ...wechatFeatures(kernel),
    { prefix: '/alipay', router: alipayRoutes(kernel), faulty: true },
    { prefix: '/sms', router: smsRoutes(kernel), faulty: true },
    { prefix: '/tax', router: taxRoutes(kernel), faulty: true },
    { prefix: '/utility', router: utilityRoutes(kernel), faulty: true },
    ...control.map((router) => ({ prefix: '/control', router, faulty: false })),
    { prefix: '', router: phonesRoutes(kernel), faulty: false },
  ]
}
