import { startBridge, whenReady } from './bridge-common'
import { createJsSdk } from './bridge-js-sdk'

/** WeixinJSBridge as a page inside WeChat finds it (wechat.md 4.5, 7). */

type Callback = (answer: Record<string, unknown>) => void

const bridge = startBridge()
const listeners = new Map<string, Callback[]>()

/** `requestPayment:fail cancel` (the control API speaks the mini-program's words) → `:cancel`. */
function outcomeOf(errMsg: string): string {
  if (/:\s*ok$/.test(errMsg)) return 'ok'
  return /cancel/.test(errMsg) ? 'cancel' : 'fail'
}

async function pay(params: Record<string, unknown>): Promise<Record<string, unknown>> {
  const name = 'get_brand_wcpay_request'
  const prepayId = /^prepay_id=(.+)$/.exec(String(params['package'] ?? ''))?.[1]
  const missing = ['appId', 'timeStamp', 'nonceStr', 'package', 'signType', 'paySign'].find(
    (field) => typeof params[field] !== 'string' || params[field] === '',
  )
  if (missing !== undefined || prepayId === undefined) {
    bridge.tell({ news: 'toast', text: `支付参数缺少 ${missing ?? 'package'}` })
    return { err_msg: `${name}:fail`, err_desc: `missing ${missing ?? 'package'}` }
  }
  const answer = await bridge.pay({ reference: prepayId, params })
  const outcome = outcomeOf(answer.code)
  return { err_msg: `${name}:${outcome}`, ...(outcome === 'fail' ? { err_desc: answer.code } : {}) }
}

async function fulfil(name: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
  switch (name) {
    case 'getBrandWCPayRequest':
      return pay(params)
    case 'scanQRCode': {
      const text = await bridge.scan()
      return text === null
        ? { err_msg: 'scanQRCode:cancel' }
        : { err_msg: 'scanQRCode:ok', resultStr: JSON.stringify({ scan_code: { scan_result: text } }) }
    }
    case 'requestSubscribeMessage': {
      const ids = Array.isArray(params['tmplIds']) ? params['tmplIds'].map(String) : []
      if (ids.length === 0) return { err_msg: 'requestSubscribeMessage:fail', errCode: 10001 }
      return { err_msg: 'requestSubscribeMessage:ok', ...(await bridge.subscribe(ids)) }
    }
    case 'closeWindow':
      bridge.tell({ news: 'close' })
      return { err_msg: 'close_window:ok' }
    case 'getNetworkType':
      return { err_msg: navigator.onLine ? 'network_type:wifi' : 'network_type:fail' }
    case 'hideOptionMenu':
    case 'showOptionMenu':
    case 'hideToolbar':
    case 'showToolbar':
      return { err_msg: `${name}:ok` }
    default:
      return { err_msg: `system:function_not_exist`, err_desc: name }
  }
}

function invoke(name: string, params?: Record<string, unknown> | Callback, callback?: Callback): void {
  const answer = typeof params === 'function' ? params : callback
  const given = typeof params === 'function' || params === undefined ? {} : params
  void fulfil(name, given).then((result) => answer?.(result))
}

const WeixinJSBridge = {
  invoke,
  call: (name: string) => invoke(name),
  on: (name: string, listener: Callback) => {
    listeners.set(name, [...(listeners.get(name) ?? []), listener])
  },
}

Object.assign(window, { WeixinJSBridge, wx: createJsSdk(bridge), __wxjs_environment: 'browser' })
whenReady(() => document.dispatchEvent(new Event('WeixinJSBridgeReady')))
