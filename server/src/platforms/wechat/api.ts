import { z } from 'zod'
import { AppError } from '../../core/errors'
import { type HttpAnswer, type OutgoingHttp, readJson, statusFailure } from '../outgoing-http'
import { reactionTo } from './errcodes'

/** Calls to api.weixin.qq.com: no signatures, always HTTP 200, and an errcode that is often absent when all is well. */
export interface WechatApi {
  readonly http: OutgoingHttp
  readonly baseUrl: string
}

const outcome = z.looseObject({ errcode: z.int().default(0), errmsg: z.string().default('') })

export type WechatAnswer =
  | { readonly errcode: 0; readonly answer: HttpAnswer }
  | { readonly errcode: number; readonly errmsg: string; readonly answer: HttpAnswer }

export interface WechatCall {
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  /** Present for POST. Sent as it is, so Chinese stays Chinese. */
  readonly json?: unknown
}

/** Answers the errcode, 0 for success. Throws `platform_unavailable` when the answer is not WeChat's JSON. */
export async function callWechat(api: WechatApi, call: WechatCall): Promise<WechatAnswer> {
  const url = `${api.baseUrl}${call.path}?${new URLSearchParams(call.query).toString()}`
  const answer = await api.http.send(
    call.json === undefined
      ? { method: 'GET', url }
      : {
          method: 'POST',
          url,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(call.json),
        },
  )
  if (answer.status !== 200) throw statusFailure(`wechat ${call.path}`, answer.status)
  const { errcode, errmsg } = readJson(answer, outcome, `wechat ${call.path}`)
  return errcode === 0 ? { errcode: 0, answer } : { errcode, errmsg, answer }
}

/** The error for an errcode where the call was about a resident's one-time code. */
export function codeError(
  path: string,
  errcode: number,
  spentCode: 'login_code_invalid' | 'phone_code_invalid',
): AppError {
  const code = reactionTo(errcode) === 'code' ? spentCode : 'platform_unavailable'
  return new AppError(code, { detail: `wechat ${path}: errcode ${errcode}` })
}
