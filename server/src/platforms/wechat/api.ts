import { z } from 'zod'
import { AppError } from '../../core/errors'
import { randomToken } from '../../core/ids'
import {
  type HttpAnswer,
  type OutgoingHttp,
  type OutgoingRequest,
  parseJson,
  readJson,
  statusFailure,
} from '../outgoing-http'
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
  /** Present for POST of one file, in the field `media`. */
  readonly file?: WechatFile
  /** The answer is a file of at most so many bytes, unless it is an error in JSON. */
  readonly fileBytes?: number
}

export interface WechatFile {
  readonly name: string
  readonly contentType: string
  readonly bytes: Buffer
}

/** Answers the errcode, 0 for success. Throws `platform_unavailable` when the answer is not WeChat's JSON. */
export async function callWechat(api: WechatApi, call: WechatCall): Promise<WechatAnswer> {
  const url = `${api.baseUrl}${call.path}?${new URLSearchParams(call.query).toString()}`
  const most = call.fileBytes === undefined ? {} : { maxBodyBytes: call.fileBytes }
  const answer = await api.http.send({ ...requestOf(call), url, ...most })
  if (answer.status !== 200) throw statusFailure(`wechat ${call.path}`, answer.status)
  if (call.fileBytes !== undefined && !looksLikeJson(answer)) return { errcode: 0, answer }
  const { errcode, errmsg } = readOutcome(answer, `wechat ${call.path}`)
  return errcode === 0 ? { errcode: 0, answer } : { errcode, errmsg, answer }
}

/** What nearly every answer says is read without zod, which is much of what a message costs beside its call. */
function readOutcome(answer: HttpAnswer, what: string): z.output<typeof outcome> {
  const said = parseJson(answer.body)
  if (typeof said === 'object' && said !== null && 'errcode' in said && said.errcode === 0)
    return { errcode: 0, errmsg: '' }
  return readJson(answer, outcome, what)
}

function requestOf({ json, file }: WechatCall): Omit<OutgoingRequest, 'url'> {
  if (file !== undefined) return multipart(file)
  if (json === undefined) return { method: 'GET' }
  const headers = { 'content-type': 'application/json' }
  return { method: 'POST', headers, body: JSON.stringify(json) }
}

function multipart({ name, contentType, bytes }: WechatFile): Omit<OutgoingRequest, 'url'> {
  const boundary = `yihu-${randomToken(16)}`
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="media"; filename="${name}"\r\nContent-Type: ${contentType}\r\n\r\n`
  return {
    method: 'POST',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    body: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

/** No picture and no recording begins with a brace; the type that the platform names is not reliable. */
const looksLikeJson = ({ body }: HttpAnswer): boolean => body[0] === 0x7b

/** The error for an errcode where the call was about a resident's one-time code. */
export function codeError(
  path: string,
  errcode: number,
  spentCode: 'login_code_invalid' | 'phone_code_invalid',
): AppError {
  const code = reactionTo(errcode) === 'code' ? spentCode : 'platform_unavailable'
  return new AppError(code, { detail: `wechat ${path}: errcode ${errcode}` })
}
