import { lastOpenedMs } from './codes'
import { ApiError } from './errors'
import { type ApiAct, jsonBody } from './exchange'
import { checkToken } from './tokens'

const OPENED_WITHIN_MS = 2 * 3_600_000

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
  const { content, version, scene, openid } = body
  if (typeof content !== 'string' || content === '' || [...content].length > 2_500) throw new ApiError(47001)
  if (version !== 2 || typeof scene !== 'number' || ![1, 2, 3, 4].includes(scene)) throw new ApiError(40129)
  const person = typeof openid === 'string' ? kernel.people.byOpenid(appid, openid) : undefined
  if (!person) throw new ApiError(40003)
  const openedMs = lastOpenedMs(kernel, appid, person.id)
  if (openedMs === null || kernel.clock.now() > openedMs + OPENED_WITHIN_MS) throw new ApiError(61010)
  const [, suggest, label] = WORDS.find(([pattern]) => pattern.test(content)) ?? [null, 'pass', 100]
  return {
    errcode: 0,
    errmsg: 'ok',
    result: { suggest, label },
    detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
    trace_id: `${kernel.random.hex(8)}-${kernel.random.hex(8)}-${kernel.random.hex(8)}`,
  }
}
