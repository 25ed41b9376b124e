import { startBridge, whenReady } from './bridge-common'

/** AlipayJSBridge as a page inside Alipay finds it (alipay.md 3.1, 5.2). */

type Callback = (answer: Record<string, unknown>) => void

const bridge = startBridge()

const NOT_THERE = { error: 1, errorMessage: '接口不存在' }

async function pay(params: Record<string, unknown>): Promise<Record<string, unknown>> {
  const tradeNo = params['tradeNO']
  if (typeof tradeNo !== 'string' || tradeNo === '') {
    bridge.tell({ news: 'toast', text: '支付参数缺少 tradeNO' })
    return { resultCode: '4000', memo: '缺少 tradeNO' }
  }
  const answer = await bridge.pay({ reference: tradeNo })
  return { resultCode: answer.code, memo: answer.memo ?? '', result: '' }
}

async function subscribe(params: Record<string, unknown>): Promise<Record<string, unknown>> {
  const ids = Array.isArray(params['entityIds']) ? params['entityIds'].map(String) : []
  if (ids.length === 0 || ids.length > 3) return { error: 203, errorMessage: 'entityIds 要有一到三个' }
  return bridge.subscribe(ids)
}

async function fulfil(name: string, params: Record<string, unknown>): Promise<Record<string, unknown>> {
  switch (name) {
    case 'tradePay':
      return pay(params)
    case 'requestSubscribeMessage':
      return subscribe(params)
    case 'scan': {
      const text = await bridge.scan()
      return text === null
        ? { error: 10, errorMessage: '用户取消' }
        : { codeContent: text, qrCode: text, codeType: 'QRCODE' }
    }
    case 'getAuthCode': {
      const appId = String(params['appId'] ?? '')
      return {
        authCode: await bridge.authCode(appId),
        authSuccessScopes: params['scopeNicks'] ?? ['auth_base'],
      }
    }
    case 'setTitle':
      document.title = String(params['title'] ?? '')
      return {}
    case 'toast':
      bridge.tell({ news: 'toast', text: String(params['content'] ?? '') })
      return {}
    case 'getNetworkType':
      return { networkType: navigator.onLine ? 'wifi' : 'fail', networkAvailable: navigator.onLine }
    case 'popWindow':
    case 'exitApp':
    case 'closeWebview':
      bridge.tell({ news: 'close' })
      return {}
    case 'hideOptionMenu':
    case 'showOptionMenu':
      return {}
    default:
      return NOT_THERE
  }
}

function call(name: string, params?: Record<string, unknown> | Callback, callback?: Callback): void {
  const answer = typeof params === 'function' ? params : callback
  const given = typeof params === 'function' || params === undefined ? {} : params
  fulfil(name, given).then(
    (result) => answer?.(result),
    (error: unknown) =>
      answer?.({ error: 3, errorMessage: error instanceof Error ? error.message : '未知错误' }),
  )
}

Object.assign(window, { AlipayJSBridge: { call } })
whenReady(() => document.dispatchEvent(new Event('AlipayJSBridgeReady')))
