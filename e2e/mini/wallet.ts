import type { Stack } from '../stack'
import { type CallOption, type LaterApi, NativeFailure } from './native-api'
import type { MiniPlatform } from './platform-rules'

/** The address that the builds carry; requests to it go to the private portal instead. */
const BUILT_FOR = 'http://127.0.0.1:3000'

/** Where an address of the build leads to; anything else is a fault of the app. */
export function atPortal(stack: Stack, address: string): string {
  if (!address.startsWith(`${BUILT_FOR}/`)) throw new Error(`a request left for ${address}`)
  return stack.portal + address.slice(BUILT_FOR.length)
}

/** What the person with the phone does, and what the app asked our server for. */
export interface Wallet {
  readonly personId: string
  outcome: 'paid' | 'cancel' | 'fail' | 'ok-but-unpaid'
  online: boolean
  /** Names of the operations asked for, in order. */
  readonly asked: string[]
}

/** The wallet's own APIs, answered by the sandbox and by the real server. */
export function walletApis(stack: Stack, platform: MiniPlatform, wallet: Wallet): Record<string, LaterApi> {
  const scene = platform === 'weapp' ? wechatApis(stack, wallet) : alipayApis(stack, wallet)
  return {
    ...scene,
    request: (option) => request(stack, platform, wallet, option),
    makePhoneCall: () => ({}),
  }
}

function wechatApis(stack: Stack, wallet: Wallet): Record<string, LaterApi> {
  const { personId } = wallet
  const said = (answer: { errMsg: string }): object => {
    if (answer.errMsg.endsWith(':ok')) return answer
    throw new NativeFailure(answer)
  }
  return {
    login: () => stack.control('/wechat/login-code', { personId }),
    requestPayment: async (option) => {
      const { timeStamp, nonceStr, package: prepay, signType, paySign } = option
      const params = {
        appId: stack.appIds.wechatMini,
        timeStamp,
        nonceStr,
        package: prepay,
        signType,
        paySign,
      }
      const prepayId = String(prepay).replace(/^prepay_id=/, '')
      const { outcome } = wallet
      return said(await stack.control('/wechat/pay', { personId, prepayId, params, outcome }))
    },
    requestSubscribeMessage: async (option) =>
      said(
        await stack.control('/wechat/subscribe', { personId, tmplIds: option['tmplIds'], answer: 'accept' }),
      ),
  }
}

function alipayApis(stack: Stack, wallet: Wallet): Record<string, LaterApi> {
  const { personId } = wallet
  const appId = stack.appIds.alipayMini
  return {
    getAuthCode: async () => {
      const { code } = await stack.control<{ code: string }>('/alipay/auth-code', { personId, appId })
      return { authCode: code }
    },
    // Alipay reports even a refusal as success; only the code says what happened.
    tradePay: (option) =>
      stack.control('/alipay/pay', { personId, tradeNo: option['tradeNO'], outcome: wallet.outcome }),
    requestSubscribeMessage: async (option) => {
      const answer = await stack.control<{ ok: boolean }>('/alipay/subscribe', {
        personId,
        entityIds: option['entityIds'],
        answer: 'accept',
      })
      if (answer.ok) return answer
      throw new NativeFailure(answer)
    },
  }
}

async function request(
  stack: Stack,
  platform: MiniPlatform,
  wallet: Wallet,
  option: CallOption,
): Promise<object> {
  const url = new URL(atPortal(stack, String(option['url'])))
  wallet.asked.push(url.pathname.replace('/api/', ''))
  if (!wallet.online) throw new NativeFailure({ errMsg: 'request:fail', error: 12 })
  const method = String(option['method'] ?? 'GET')
  const { data } = option
  if (method === 'GET')
    for (const [name, value] of Object.entries(data ?? {})) url.searchParams.set(name, String(value))
  const headers = (option['header'] ?? option['headers'] ?? {}) as Record<string, string>
  const answer = await fetch(url, { method, headers, ...(method === 'GET' ? {} : { body: bodyOf(data) }) })
  return answerFor(platform, answer.status, Object.fromEntries(answer.headers), await answer.text())
}

/** Text as it is, bytes as they are; buffers of the app's own engine are strangers to `instanceof`. */
function bodyOf(data: unknown): string | Uint8Array<ArrayBuffer> {
  if (Object.prototype.toString.call(data) !== '[object ArrayBuffer]') return String(data)
  return new Uint8Array((data as ArrayBuffer).slice(0))
}

/** WeChat hands over any answer; Alipay calls everything but a success a failed request, its body as text. */
function answerFor(platform: MiniPlatform, status: number, headers: object, text: string): object {
  if (platform === 'weapp') return { statusCode: status, data: parsed(text), header: headers, cookies: [] }
  if (status >= 200 && status < 300) return { status, statusCode: status, data: parsed(text), headers }
  throw new NativeFailure({ error: 19, errorMessage: 'http status error', status, data: text, headers })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}
