import Taro from '@tarojs/taro'
import { parsedJson } from './json'
import type { Exchange } from './types'

/** Some wallets report a refusal as a failed request, with the body beside it; both ways end here alike. */
export const miniExchange: Exchange = async ({ url, method, data, header, timeout }) => {
  try {
    const answer = await Taro.request({ url, method, data, header, timeout, dataType: 'json' })
    return { status: answer.statusCode, data: answer.data as unknown }
  } catch (error) {
    const failed = error as {
      status?: unknown
      statusCode?: unknown
      data?: unknown
      errMsg?: unknown
    } | null
    const status = Number(failed?.statusCode ?? failed?.status ?? 0)
    if (status >= 400)
      return { status, data: typeof failed?.data === 'string' ? parsedJson(failed.data) : failed?.data }
    return String(failed?.errMsg ?? '').includes('timeout') ? 'timeout' : 'offline'
  }
}
