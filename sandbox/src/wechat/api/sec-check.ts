import { lastOpenedMs } from './codes'
import { ApiError } from './errors'
import { type ApiAct, type ApiCall, countCall, jsonBody } from './exchange'
import { checkToken } from './tokens'

const OPENED_WITHIN_MS = 2 * 3_600_000
const DAY_MS = 24 * 3_600_000
const TEXTS_PER_DAY = 2_000_000
const PROFILE_SCENE = 1
const PROFILE_ONLY = ['title', 'nickname', 'signature']

/** Words that stand for what the real model finds; each with its label (wechat.md section 5). */
const WORDS: [RegExp, string, number][] = [
  [/加微信领红包|刷单返利/, 'risky', 10_001],
  [/去死|傻[逼叉]/, 'risky', 20_003],
  [/包赚|内部消息/, 'review', 20_008],
]

/** POST /wxa/msg_sec_check, version 2: errcode 0 does not mean clean, `result.suggest` does. */
export const msgSecCheck: ApiAct = (call) => {
  const { kernel } = call
  const { appid } = kernel.config.wechat.mini
  checkToken(call, appid)
  const body = jsonBody(call)
  const { content, scene } = body
  const known = ['content', 'version', 'scene', 'openid', ...(scene === PROFILE_SCENE ? PROFILE_ONLY : [])]
  if (Object.keys(body).some((key) => !known.includes(key))) throw new ApiError(47001)
  if (typeof content !== 'string' || content === '' || [...content].length > 2_500) throw new ApiError(47001)
  checkWriter(call, body)
  countCall(kernel, 'msg_sec_check', { count: TEXTS_PER_DAY, windowMs: DAY_MS, errcode: 45009 })
  const [, suggest, label] = WORDS.find(([pattern]) => pattern.test(content)) ?? [null, 'pass', 100]
  return {
    errcode: 0,
    errmsg: 'ok',
    result: { suggest, label },
    detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
    trace_id: `${kernel.random.hex(8)}-${kernel.random.hex(8)}-${kernel.random.hex(8)}`,
  }
}

/**
 * What both checks ask of version, scene and person: 40129 for an unknown scene, 40003 for an openid that is not one of
 * this mini-program's, 61010 for a person who has not opened it within two hours. Answers the openid.
 */
export function checkWriter(call: ApiCall, body: Record<string, unknown>): string {
  const { kernel } = call
  const { appid } = kernel.config.wechat.mini
  const { version, scene, openid } = body
  if (version !== 2 || typeof scene !== 'number' || ![1, 2, 3, 4].includes(scene)) throw new ApiError(40129)
  const person = typeof openid === 'string' ? kernel.people.byOpenid(appid, openid) : undefined
  if (!person || typeof openid !== 'string') throw new ApiError(40003)
  const openedMs = lastOpenedMs(kernel, appid, person.id)
  if (openedMs === null || kernel.clock.now() > openedMs + OPENED_WITHIN_MS) throw new ApiError(61010)
  return openid
}
