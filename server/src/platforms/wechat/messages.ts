import type { MessageChannel, OutgoingMessage } from '../message-channel'
import { outcomeOfFailure } from '../send-failure'
import { messageStateOf } from './errcodes'
import { fitFields } from './fields'
import type { WechatTokens } from './tokens'

const path = '/cgi-bin/message/subscribe/send'

interface SubscribeOptions {
  readonly tokens: WechatTokens
  readonly appId: string
  readonly miniprogramState: 'developer' | 'trial' | 'formal'
}

/** Subscribe messages of the mini-program (wechat.md 3.3). Never throws: every ending is an outcome. */
export function createWechatMessages(options: SubscribeOptions): MessageChannel {
  return {
    async send(message) {
      const fitted = fitFields(message.fields)
      // A value that cannot be made to fit would be refused as 47003, so it is not sent at all.
      if ('unfit' in fitted)
        return { state: 'failed', platformCode: `unfit:${fitted.unfit}`, platformMessageId: null }
      try {
        const json = body(options, message, fitted.fields)
        const reply = await options.tokens.call(options.appId, { path, query: {}, json })
        return {
          state: messageStateOf(reply.errcode),
          platformCode: String(reply.errcode),
          platformMessageId: reply.errcode === 0 ? messageId(reply.answer.body) : null,
        }
      } catch (error) {
        return outcomeOfFailure(error)
      }
    },
  }
}

function body(options: SubscribeOptions, message: OutgoingMessage, fields: Record<string, string>): object {
  const data = Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, { value }]))
  return {
    touser: message.to,
    template_id: message.templateId,
    ...(message.page === null ? {} : { page: message.page }),
    miniprogram_state: options.miniprogramState,
    lang: 'zh_CN',
    data,
  }
}

/** Read from the text, because the number may be larger than a JavaScript number can hold. */
function messageId(raw: Buffer): string | null {
  return /"msgid"\s*:\s*"?(\d+)/.exec(raw.toString('utf8'))?.[1] ?? null
}
