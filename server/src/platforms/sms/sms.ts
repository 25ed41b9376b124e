import { createHmac } from 'node:crypto'
import { z } from 'zod'
import type { Clock } from '../../core/clock'
import { randomToken } from '../../core/ids'
import type { SmsConfig } from '../config'
import { type SendOutcome, unfitOutcome } from '../message-channel'
import { type OutgoingHttp, readJson, statusFailure } from '../outgoing-http'
import { outcomeOfFailure } from '../send-failure'
import { smsRuleOf } from './codes'
import { fitVariables } from './fit-variables'
import { readSmsReports } from './reports'
import { smsBasics, type SmsChannel } from './sms-channel'

type HttpSms = Extract<SmsConfig, { kind: 'http' }>

const answer = z.object({ code: z.string(), bizId: z.string().optional() })

/** A text message provider with signed JSON requests. Never throws: every ending is an outcome. */
export function createHttpSms(config: HttpSms, http: OutgoingHttp, clock: Clock): SmsChannel {
  const send = async (
    phone: string,
    templateCode: string,
    params: Record<string, string>,
  ): Promise<SendOutcome> => {
    try {
      const reply = await http.send({
        method: 'POST',
        url: `${config.baseUrl}/send`,
        headers: {
          'content-type': 'application/json',
          ...signature(config, clock, { phone, templateCode, params }),
        },
        body: JSON.stringify({ phone, templateCode, params }),
      })
      if (reply.status >= 500 || reply.status === 429) throw statusFailure('sms', reply.status)
      const { code, bizId } = readJson(reply, answer, 'sms')
      return { ...smsRuleOf(code), platformCode: code, platformMessageId: bizId ?? null }
    } catch (error) {
      return outcomeOfFailure(error)
    }
  }
  return {
    send: async ({ to, templateId, fields }) => {
      const fitted = fitVariables(fields)
      return 'unfit' in fitted ? unfitOutcome(fitted.unfit) : send(to, templateId, fitted.fields)
    },
    sendCode: ({ phone, code, validMinutes }) => {
      const minutes = config.codeMinutesField
      const params = { code, ...(minutes === undefined ? {} : { [minutes]: String(validMinutes) }) }
      return send(phone, config.codeTemplateId, params)
    },
    ...smsBasics(config),
  }
}

/** Where no provider is configured: every message fails in a way that staff can see. */
export function createNoSms(): SmsChannel {
  const outcome: SendOutcome = {
    state: 'failed',
    platformCode: 'sms_not_configured',
    platformMessageId: null,
    advice: null,
  }
  return {
    send: () => Promise.resolve(outcome),
    sendCode: () => Promise.resolve(outcome),
    costOf: () => ({ parts: 0, costFen: 0 }),
    readReports: (token, rawBody) => readSmsReports(undefined, token, rawBody),
  }
}

interface Content {
  readonly phone: string
  readonly templateCode: string
  readonly params: Record<string, string>
}

/** HMAC-SHA256 over the sorted, percent-encoded name=value pairs of header and body fields alike. */
function signature(
  config: HttpSms,
  clock: Clock,
  { phone, templateCode, params }: Content,
): Record<string, string> {
  const timestamp = String(clock.now())
  const nonce = randomToken(16)
  const sortedParams = Object.fromEntries(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)))
  const pairs: Record<string, string> = {
    apiKey: config.apiKey,
    nonce,
    timestamp,
    phone,
    templateCode,
    params: JSON.stringify(sortedParams),
  }
  const text = Object.keys(pairs)
    .sort()
    .map((name) => `${encodeURIComponent(name)}=${encodeURIComponent(pairs[name] ?? '')}`)
    .join('&')
  return {
    'x-sms-key': config.apiKey,
    'x-sms-timestamp': timestamp,
    'x-sms-nonce': nonce,
    'x-sms-sign': createHmac('sha256', config.apiSecret).update(text).digest('hex'),
  }
}
