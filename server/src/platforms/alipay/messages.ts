import type { MessageChannel, OutgoingMessage, SendOutcome } from '../message-channel'
import { outcomeOfFailure } from '../send-failure'
import type { AlipayApp } from './app'
import { callGateway, type Gateway } from './gateway'

const method = 'alipay.open.app.mini.templatemessage.send'
const VALUE_LIMIT = 50

/** What a refusal says about the message (alipay.md 5.1); what is not here is ours to mend. */
const STATES: Readonly<Record<string, SendOutcome['state']>> = {
  MSG_UNSUBSCRIBED: 'refused',
  MSG_UNAUTHORIZED: 'refused',
  MSG_REJECTED: 'refused',
  MSG_CONTENT_NOT_INTERESTED: 'refused',
  NO_RECENT_VISIT_RECORD: 'refused',
  NO_PLACE_ORDER_RECORD: 'refused',
  // Today's limit for this person.
  MSG_SINGLE_SD_OVER: 'later',
  MSG_SEND_ERROR: 'later',
  'isv.app-call-limited': 'later',
  'isv.method-call-limited': 'later',
}

/** Template messages of the mini-program, to residents who subscribed. Never throws: every ending is an outcome. */
export function createAlipayMessages(gateway: Gateway, app: AlipayApp): MessageChannel {
  return {
    async send(message) {
      const empty = Object.entries(message.fields).find(([, value]) => value.trim() === '')
      if (empty) return { state: 'failed', platformCode: `unfit:${empty[0]}`, platformMessageId: null }
      try {
        const answer = await callGateway(gateway, app, method, { bizContent: content(message) })
        if (answer.kind === 'ok')
          return { state: 'delivered', platformCode: '10000', platformMessageId: null }
        const state = STATES[answer.subCode] ?? 'failed'
        return { state, platformCode: answer.subCode, platformMessageId: null }
      } catch (error) {
        return outcomeOfFailure(error)
      }
    },
  }
}

function content(message: OutgoingMessage): Record<string, unknown> {
  const data = Object.fromEntries(
    Object.entries(message.fields).map(([key, value]) => [key, { value: value.slice(0, VALUE_LIMIT) }]),
  )
  return {
    ...(message.idType === 'user_id' ? { to_user_id: message.to } : { to_open_id: message.to }),
    user_template_id: message.templateId,
    ...(message.page === null ? {} : { page: message.page }),
    // A text with JSON in it, not an object: that is how the method wants it.
    data: JSON.stringify(data),
  }
}
