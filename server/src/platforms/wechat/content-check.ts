import { z } from 'zod'
import { isAppError } from '../../core/errors'
import type { CheckUnavailable, ContentCheck } from '../content-check'
import { readJson } from '../outgoing-http'
import type { WechatTokens } from './tokens'

const TEXT_PATH = '/wxa/msg_sec_check'
const MEDIA_PATH = '/wxa/media_check_async'
/** Both interfaces in version 2 (wechat.md section 5). */
const VERSION = 2
/** 2 is comments: what a resident says about a service, seen by few. */
const SCENE_COMMENT = 2
const MEDIA_TYPES = { audio: 1, image: 2 } as const
const TEXT_MAX_CHARACTERS = 2500

const textAnswer = z.object({ result: z.object({ suggest: z.enum(['pass', 'review', 'risky']) }) })
const mediaAnswer = z.object({ trace_id: z.string().min(1).max(96) })

/**
 * WeChat's content check. An errcode of 0 does not mean clean: only `result.suggest` says so, and an answer without it
 * counts as no answer. The openid must have opened the mini-program within two hours, so ask when something is sent.
 */
export function createWechatContentCheck(tokens: WechatTokens, appId: string): ContentCheck {
  const ask = async <T>(path: string, json: object, schema: z.ZodType<T>): Promise<T | CheckUnavailable> => {
    try {
      const reply = await tokens.call(appId, { path, query: {}, json })
      if (reply.errcode !== 0) return { state: 'unavailable', platformCode: String(reply.errcode) }
      return readJson(reply.answer, schema, `wechat ${path}`)
    } catch (error) {
      if (!isAppError(error)) throw error
      return { state: 'unavailable', platformCode: error.detail?.slice(0, 120) ?? error.code }
    }
  }
  return {
    async checkText({ openid, text }) {
      let worst: 'pass' | 'review' = 'pass'
      for (const content of pieces(text)) {
        const json = { content, version: VERSION, scene: SCENE_COMMENT, openid }
        const answer = await ask(TEXT_PATH, json, textAnswer)
        if ('state' in answer) return answer
        if (answer.result.suggest === 'risky') return { state: 'checked', verdict: 'risky' }
        if (answer.result.suggest === 'review') worst = 'review'
      }
      return { state: 'checked', verdict: worst }
    },
    async askMedia({ openid, url, media }) {
      const answer = await ask(
        MEDIA_PATH,
        { media_url: url, media_type: MEDIA_TYPES[media], version: VERSION, scene: SCENE_COMMENT, openid },
        mediaAnswer,
      )
      return 'state' in answer ? answer : { state: 'asked', traceId: answer.trace_id }
    },
  }
}

/** The interface takes 2,500 characters at a time; a word on a seam is looked at twice, whole. */
function pieces(text: string): string[] {
  const characters = [...text]
  const found: string[] = []
  const step = TEXT_MAX_CHARACTERS - 100
  for (let at = 0; at === 0 || at + 100 < characters.length; at += step)
    found.push(characters.slice(at, at + TEXT_MAX_CHARACTERS).join(''))
  return found
}
