import {
  type MessageChannel,
  type MessageRule,
  type OutgoingMessage,
  UNKNOWN_CODE,
  unfitOutcome,
} from '../message-channel'
import { outcomeOfFailure } from '../send-failure'
import type { AlipayApp } from './app'
import { callGateway, type Gateway } from './gateway'

const VALUE_LIMIT = 50

const later = (advice: MessageRule['advice'], waitMs?: number): MessageRule => ({
  state: 'later',
  advice,
  ...(waitMs === undefined ? {} : { waitMs }),
})
const failed = (advice: MessageRule['advice']): MessageRule => ({ state: 'failed', advice })
const refused = (advice: MessageRule['advice']): MessageRule => ({ state: 'refused', advice })

/** Of this person; what they chose, or what the platform thinks of our writing to them. */
const NO_CREDIT = refused('no-credit')
const UNREACHABLE = refused('unreachable')
/** The template, its keywords or the values do not agree with what was approved. */
const TEMPLATE = failed('rest-template')
const REQUEST = failed('page-staff')
const ACCOUNT = later('rest-channel')

/** Everything Alipay's refusals say about a message, in one table (alipay.md 1.2, 5.1 and 5.3). */
const TABLE: Readonly<Record<string, MessageRule>> = {
  MSG_UNSUBSCRIBED: NO_CREDIT,
  MSG_UNAUTHORIZED: NO_CREDIT,
  MSG_REJECTED: NO_CREDIT,
  MSG_CONTENT_NOT_INTERESTED: NO_CREDIT,
  TYPEATEMPLATE_SWITCH_UNSUBSCRIBED: NO_CREDIT,
  NO_RECENT_VISIT_RECORD: UNREACHABLE,
  NO_PLACE_ORDER_RECORD: UNREACHABLE,
  MSG_SD_NOFOLLOW: UNREACHABLE,
  UNFOLLOW_REFUSE_RECOMMONED: UNREACHABLE,
  USER_ID_INVALID: failed('unreachable'),
  OPENID_INVALID: failed('unreachable'),
  // One person's limit of the day.
  MSG_SINGLE_SD_OVER: later(null, 3_600_000),
  MSG_SEND_ERROR: later('page-staff'),
  USER_TEMPLATE_ILLEGAL: TEMPLATE,
  USER_TEMPLATE_LACK_KEYWORD: TEMPLATE,
  USER_TEMPLATE_STATUS_ILLEGAL: TEMPLATE,
  MESSAGE_TEMPLATE_KEYWORD_ILLEGAL: TEMPLATE,
  USER_KEYWORD_LENGTH_ERROR: TEMPLATE,
  MSG_TEMPLATE_INVALID: TEMPLATE,
  MSG_TEMPLATE_ID_INVALID: TEMPLATE,
  MSG_TEMPLATE_KEY_INVALID: TEMPLATE,
  MSG_TEMPLATE_NOT_EXIST: TEMPLATE,
  MSG_TEMPLATE_NOT_STARTED: TEMPLATE,
  MSG_TEMPLATE_CONTEXT_LACK_KEY: TEMPLATE,
  DATA_SENSITIVE: failed('page-staff'),
  DATA_IS_EMPTY: REQUEST,
  DATA_CONTENT_FORMAT_ERROR: REQUEST,
  BIZ_CONTENT_FORMAT_ERROR: REQUEST,
  PAGE_OVER_LIMIT: REQUEST,
  // Form ids are not used by us; one of these means that the platform took the message for another mode.
  FORM_ID_INVALID: NO_CREDIT,
  FORM_ID_OVER_TIME: NO_CREDIT,
  FORM_ID_SEND_LIMIT: NO_CREDIT,
  FORM_ID_NOT_MATCH_APPID: REQUEST,
  TRADE_NO_NOT_MATCH_USERID: REQUEST,
  MSG_SEND_FORBIDDEN: ACCOUNT,
  APP_NO_AVAIABLE: ACCOUNT,
  'isv.insufficient-isv-permissions': ACCOUNT,
  'isv.invalid-app-id': ACCOUNT,
  'isv.invalid-signature': ACCOUNT,
  'isv.app-not-online': ACCOUNT,
}

export function alipayRuleOf(subCode: string): MessageRule {
  return TABLE[subCode] ?? UNKNOWN_CODE
}

/** Template messages of the mini-program, to residents who subscribed. Never throws: every ending is an outcome. */
export function createAlipayMessages(gateway: Gateway, app: AlipayApp): MessageChannel {
  return sender(gateway, app, 'alipay.open.app.mini.templatemessage.send', (message) => ({
    ...recipient(message),
    user_template_id: message.templateId,
    ...(message.page === null ? {} : { page: message.page }),
    // A text with JSON in it, not an object: that is how the method wants it.
    data: JSON.stringify(values(message)),
  }))
}

/**
 * Template messages of the life account, to those who follow it (alipay.md 5.3), where an app named `life` is
 * configured. Never throws.
 */
export function createAlipayLifeMessages(
  gateway: Gateway,
  app: AlipayApp | undefined,
  pageUrl: (page: string) => string,
): MessageChannel {
  if (app === undefined) return NO_LIFE_ACCOUNT
  return sender(gateway, app, 'alipay.open.public.message.single.send', (message) => ({
    ...recipient(message),
    template: {
      template_id: message.templateId,
      context: {
        ...(message.page === null ? {} : { url: pageUrl(message.page), action_name: '查看详情' }),
        ...values(message),
      },
    },
  }))
}

const NO_LIFE_ACCOUNT: MessageChannel = {
  send: () =>
    Promise.resolve({
      state: 'failed',
      platformCode: 'life_not_configured',
      platformMessageId: null,
      advice: null,
    }),
}

function sender(
  gateway: Gateway,
  app: AlipayApp,
  method: string,
  content: (message: OutgoingMessage) => Record<string, unknown>,
): MessageChannel {
  return {
    async send(message) {
      const empty = Object.entries(message.fields).find(([, value]) => value.trim() === '')
      if (empty) return unfitOutcome(empty[0])
      try {
        const answer = await callGateway(gateway, app, method, { bizContent: content(message) })
        if (answer.kind === 'ok') {
          return { state: 'delivered', platformCode: '10000', platformMessageId: null, advice: null }
        }
        return { ...alipayRuleOf(answer.subCode), platformCode: answer.subCode, platformMessageId: null }
      } catch (error) {
        return outcomeOfFailure(error)
      }
    },
  }
}

function recipient(message: OutgoingMessage): Record<string, string> {
  return message.idType === 'user_id' ? { to_user_id: message.to } : { to_open_id: message.to }
}

function values(message: OutgoingMessage): Record<string, { value: string }> {
  return Object.fromEntries(
    Object.entries(message.fields).map(([key, value]) => [key, { value: fit(value) }]),
  )
}

/** One line of at most fifty UTF-16 units, the stricter reading of "characters", never cut inside of one. */
function fit(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim()
  if (line.length <= VALUE_LIMIT) return line
  let kept = ''
  for (const character of line) {
    if (kept.length + character.length > VALUE_LIMIT - 1) break
    kept += character
  }
  return `${kept}…`
}
