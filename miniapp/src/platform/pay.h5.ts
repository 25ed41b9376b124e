import { browserEnvironment } from './browser'
import type { PayPlatform, WalletOutcome } from './types'
import type { Cashier } from '../api/types'

interface WeixinBridge {
  invoke(name: string, params: unknown, done: (answer: { err_msg?: string }) => void): void
}
const bridge = (): WeixinBridge | undefined => (window as { WeixinJSBridge?: WeixinBridge }).WeixinJSBridge
const bridgeWaitMs = 5_000

const environment = browserEnvironment(window.navigator.userAgent)
const products = {
  'wechat-web': { product: 'wechat-oa', wallet: 'wechat' },
  'alipay-web': { product: 'alipay-wap', wallet: 'alipay' },
} as const
const here = environment === 'wechat-web' || environment === 'alipay-web' ? products[environment] : null

export const pay: PayPlatform = {
  product: here?.product ?? null,
  wallet: here?.wallet ?? null,
  // A plain browser has no cashier of its own, but whoever came by a household's code may pay at Alipay's page.
  leavesPage: environment !== 'wechat-web',
  open: async (cashier) => {
    if (cashier.kind === 'wechat-jsapi') return payByBridge(cashier.params)
    if (cashier.kind !== 'alipay-page') return 'failed'
    window.location.href = cashier.url
    return 'left'
  },
}

async function payByBridge(
  params: Extract<Cashier, { kind: 'wechat-jsapi' }>['params'],
): Promise<WalletOutcome> {
  const weixin = await waitForBridge()
  if (!weixin) return 'failed'
  return new Promise((resolve) => {
    weixin.invoke('getBrandWCPayRequest', params, (answer) => {
      const said = answer.err_msg ?? ''
      if (said.endsWith(':ok')) resolve('ok')
      else resolve(said.endsWith(':cancel') ? 'cancelled' : 'failed')
    })
  })
}

/** WeChat adds its bridge some time after the page has loaded, and says so by an event. */
function waitForBridge(): Promise<WeixinBridge | undefined> {
  const present = bridge()
  if (present) return Promise.resolve(present)
  return new Promise((resolve) => {
    const ready = () => {
      document.removeEventListener('WeixinJSBridgeReady', ready)
      clearTimeout(timer)
      resolve(bridge())
    }
    const timer = setTimeout(ready, bridgeWaitMs)
    document.addEventListener('WeixinJSBridgeReady', ready)
  })
}
