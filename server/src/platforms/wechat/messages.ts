import { type MessageChannel, type OutgoingMessage, type SendOutcome, unfitOutcome } from '../message-channel'
import { outcomeOfFailure } from '../send-failure'
import { messageRuleOf } from './errcodes'
import { fitFields } from './fields'
import { TokenRefused, type WechatTokens } from './tokens'

interface Sender {
  readonly tokens: WechatTokens
  readonly appId: string
  readonly path: string
  readonly body: (message: OutgoingMessage, fields: Readonly<Record<string, string>>) => object
}

/** Subscribe messages of the mini-program (wechat.md 3.3). Never throws: every ending is an outcome. */
export function createWechatMessages(options: {
  readonly tokens: WechatTokens
  readonly appId: string
  readonly miniprogramState: 'developer' | 'trial' | 'formal'
}): MessageChannel {
  return sender({
    tokens: options.tokens,
    appId: options.appId,
    path: '/cgi-bin/message/subscribe/send',
    body: (message, fields) => ({
      touser: message.to,
      template_id: message.templateId,
      ...(message.page === null ? {} : { page: message.page }),
      miniprogram_state: options.miniprogramState,
      lang: 'zh_CN',
      data: asData(fields),
    }),
  })
}

/**
 * Template messages of the official account, to people who follow it (wechat.md 3.1). `pageUrl` makes the address
 * that a tap opens; the platform sends one message per openid and `client_msg_id` within ten minutes.
 */
export function createWechatTemplateMessages(options: {
  readonly tokens: WechatTokens
  readonly appId: string
  readonly pageUrl: (page: string) => string
}): MessageChannel {
  return sender({
    tokens: options.tokens,
    appId: options.appId,
    path: '/cgi-bin/message/template/send',
    body: (message, fields) => ({
      touser: message.to,
      template_id: message.templateId,
      ...(message.page === null ? {} : { url: options.pageUrl(message.page) }),
      ...(message.id === undefined ? {} : { client_msg_id: message.id }),
      data: asData(fields),
    }),
  })
}

function sender({ tokens, appId, path, body }: Sender): MessageChannel {
  return {
    send(message) {
      const fitted = fitFields(message.fields)
      // A value that cannot be made to fit would be refused as 47003, so it is not sent at all.
      if ('unfit' in fitted) return Promise.resolve(unfitOutcome(fitted.unfit))
      return sendWechat(tokens, appId, path, body(message, fitted.fields))
    },
  }
}

/** One sending call of api.weixin.qq.com as an outcome, whatever becomes of it. */
export async function sendWechat(
  tokens: WechatTokens,
  appId: string,
  path: string,
  json: object,
): Promise<SendOutcome> {
  try {
    const reply = await tokens.call(appId, { path, query: {}, json })
    return {
      ...messageRuleOf(reply.errcode),
      platformCode: String(reply.errcode),
      platformMessageId: reply.errcode === 0 ? messageId(reply.answer.body) : null,
    }
  } catch (error) {
    if (!(error instanceof TokenRefused)) return outcomeOfFailure(error)
    const { advice, waitMs } = messageRuleOf(error.errcode)
    return {
      state: 'later',
      platformCode: `token:${error.errcode}`,
      platformMessageId: null,
      advice,
      ...(waitMs === undefined ? {} : { waitMs }),
    }
  }
}

function asData(fields: Readonly<Record<string, string>>): object {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, { value }]))
}

/** Read from the text, because the number may be larger than a JavaScript number can hold. */
function messageId(raw: Buffer): string | null {
  return /"msgid"\s*:\s*"?(\d+)/.exec(raw.toString('utf8'))?.[1] ?? null
}
