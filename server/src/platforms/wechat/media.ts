import { z } from 'zod'
import type { ChatContent, ChatMedia, SendOutcome } from '../message-channel'
import { readJson } from '../outgoing-http'
import { messageRuleOf } from './errcodes'
import type { WechatTokens } from './tokens'

const UPLOAD_PATH = '/cgi-bin/media/upload'
const GET_PATH = '/cgi-bin/media/get'
/** Pictures of a chat are at most 10 MB (wechat.md 8). */
const MOST_BYTES = 12 * 1024 * 1024

const uploaded = z.object({ media_id: z.string().min(1).max(200) })

/**
 * Puts a picture where a message can name it for three days. What goes wrong here has shown the person nothing, so it
 * may be done again; only a picture that the platform refuses may not.
 */
export async function uploadPicture(
  tokens: WechatTokens,
  appId: string,
  { bytes, contentType }: Extract<ChatContent, { kind: 'image' }>,
): Promise<{ readonly mediaId: string } | SendOutcome> {
  const name = contentType === 'image/png' ? 'picture.png' : 'picture.jpg'
  const again = (platformCode: string | null): SendOutcome => {
    return { state: 'later', platformCode, platformMessageId: null, advice: null }
  }
  try {
    const call = { path: UPLOAD_PATH, query: { type: 'image' }, file: { name, contentType, bytes } }
    const reply = await tokens.call(appId, call)
    if (reply.errcode === 0)
      return { mediaId: readJson(reply.answer, uploaded, `wechat ${UPLOAD_PATH}`).media_id }
    const rule = REFUSED.has(reply.errcode) ? FAILED : messageRuleOf(reply.errcode)
    return { ...again(String(reply.errcode)), ...rule }
  } catch {
    return again(null)
  }
}

/** A type or size that the platform does not take. */
const REFUSED: ReadonlySet<number> = new Set([40004, 40005, 40006, 40009, 45001])
const FAILED = { state: 'failed', advice: null } as const

/** Wrong or old names of pictures (wechat.md 8): they are kept for three days. */
const GONE: ReadonlySet<number> = new Set([40007, 41006])

export function createWechatMedia(tokens: WechatTokens, appId: string): ChatMedia {
  return {
    async fetch(mediaId) {
      try {
        const call = { path: GET_PATH, query: { media_id: mediaId }, fileBytes: MOST_BYTES }
        const reply = await tokens.call(appId, call)
        if (reply.errcode === 0 && reply.answer.body.length > 0)
          return { state: 'got', bytes: reply.answer.body }
        const state = GONE.has(reply.errcode) ? 'gone' : 'later'
        return { state, platformCode: String(reply.errcode) }
      } catch {
        return { state: 'later', platformCode: null }
      }
    },
  }
}
