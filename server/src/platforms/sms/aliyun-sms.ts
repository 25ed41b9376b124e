import { z } from 'zod'
import type { SmsConfig } from '../config'
import { type SendOutcome, unfitOutcome } from '../message-channel'
import { smsRuleOf } from './codes'
import { fitVariables } from './fit-variables'
import { smsBasics, type SmsChannel } from './sms-channel'

type AliyunSms = Extract<SmsConfig, { kind: 'aliyun' }>

export interface SmsTimeouts {
  readonly connectTimeoutMs: number
  readonly totalTimeoutMs: number
}

const answerBody = z.object({ code: z.string().min(1), bizId: z.string().min(1).optional() })

/** What the SDK throws: its errors carry the platform's code and status, and a text with the number in it. */
const thrown = z.looseObject({
  name: z.string().optional(),
  code: z.string().optional(),
  statusCode: z.number().optional(),
  message: z.string().optional(),
})

const UNKNOWN: SendOutcome = { state: 'unknown', platformCode: null, platformMessageId: null, advice: null }
const NOT_SENT: SendOutcome = { ...UNKNOWN, state: 'later' }
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH'])

/**
 * Text messages through Alibaba Cloud's own SDK. It is loaded with the first message, because it is large and most
 * processes never send one. Its errors name the recipient, so nothing of them leaves this file but codes.
 */
export function createAliyunSms(config: AliyunSms, timeouts: SmsTimeouts): SmsChannel {
  let loading: Promise<Sender> | null = null
  const send = async (
    to: string,
    templateId: string,
    params: Readonly<Record<string, string>>,
    id: string | undefined,
  ): Promise<SendOutcome> => {
    loading ??= createSender(config, timeouts)
    const sender = await loading
    return sender(to, templateId, params, id)
  }
  return {
    send: async ({ to, templateId, fields, id }) => {
      const fitted = fitVariables(fields)
      return 'unfit' in fitted ? unfitOutcome(fitted.unfit) : send(to, templateId, fitted.fields, id)
    },
    sendCode: ({ phone, code, validMinutes }) => {
      const minutes = config.codeMinutesField
      const params = { code, ...(minutes === undefined ? {} : { [minutes]: String(validMinutes) }) }
      return send(phone, config.codeTemplateId, params, undefined)
    },
    ...smsBasics(config),
  }
}

type Sender = (
  to: string,
  templateId: string,
  params: Readonly<Record<string, string>>,
  id: string | undefined,
) => Promise<SendOutcome>

async function createSender(config: AliyunSms, timeouts: SmsTimeouts): Promise<Sender> {
  const { SmsClient, SendSmsRequest, $OpenApiUtil } = await import('./aliyun-client')
  const endpoint = new URL(config.endpoint)
  const client = new SmsClient(
    new $OpenApiUtil.Config({
      accessKeyId: config.accessKeyId,
      accessKeySecret: config.accessKeySecret,
      endpoint: endpoint.host,
      protocol: endpoint.protocol.replace(':', ''),
      connectTimeout: timeouts.connectTimeoutMs,
      readTimeout: timeouts.totalTimeoutMs,
    }),
  )
  return async (to, templateId, params, id) => {
    const request = new SendSmsRequest({
      phoneNumbers: to,
      signName: config.signName,
      templateCode: templateId,
      templateParam: JSON.stringify(params),
      ...(id === undefined ? {} : { outId: id }),
    })
    try {
      return outcomeOfBody((await client.sendSms(request)).body)
    } catch (error) {
      return outcomeOfThrown(error)
    }
  }
}

function outcomeOfBody(body: unknown): SendOutcome {
  const parsed = answerBody.safeParse(body)
  if (!parsed.success) return UNKNOWN
  const { code, bizId = null } = parsed.data
  return { ...smsRuleOf(code), platformCode: code, platformMessageId: bizId }
}

/** Refusals of the gateway have a code and a status under 500; of the rest only what never left may be sent again. */
function outcomeOfThrown(error: unknown): SendOutcome {
  const parsed = thrown.safeParse(error)
  if (!parsed.success) return UNKNOWN
  const { name, code = '', statusCode = 0, message = '' } = parsed.data
  if (statusCode === 503 || (statusCode >= 400 && statusCode < 500)) {
    const known = /^[\w.-]{1,60}$/.test(code) && code !== 'undefined'
    return {
      ...smsRuleOf(known ? code : `http.${statusCode}`),
      platformCode: known ? code : `http.${statusCode}`,
      platformMessageId: null,
    }
  }
  const couldNotConnect = name === 'RequestTimeoutError' && message.startsWith('ConnectTimeout')
  return NEVER_SENT.has(code) || couldNotConnect ? NOT_SENT : UNKNOWN
}
