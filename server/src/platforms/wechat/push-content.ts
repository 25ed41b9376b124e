import { z } from 'zod'
import { AppError } from '../../core/errors'
import type { MediaVerdict } from '../content-check'
import type { PushedContent, SubscriptionChoice, SubscriptionResult } from '../message-push'
import { readPushXml, readXmlList } from './push-xml'

/**
 * From the platform's words to ours (wechat.md 2.4, 3.1, 3.4, 5 and 8). The same event may come as XML or as JSON, numbers as
 * numbers or as text, one list item alone or in an array; all that ends here.
 */

const text = z.union([z.string(), z.number()]).transform(String)

const common = z.looseObject({
  ToUserName: z.string().default(''),
  FromUserName: z.string(),
  CreateTime: text.pipe(z.string().regex(/^\d{1,11}$/)),
  MsgType: z.string(),
  Event: z.string().optional(),
  EventKey: text.optional(),
  MsgId: text.optional(),
  MsgID: text.optional(),
})
export type PushFields = z.output<typeof common>

/** The fields of an opened message, in either format. Errors: `malformed_notice`. */
export function readPushFields(opened: string): PushFields {
  const raw = opened.trimStart().startsWith('<') ? xmlFields(opened) : jsonFields(opened)
  return read(common, raw, 'content')
}

export function formatOf(opened: string): 'xml' | 'json' {
  return opened.trimStart().startsWith('<') ? 'xml' : 'json'
}

/** Lists stand under the wrapper's name in XML and under `List` in JSON; from here on under `List` in both. */
function xmlFields(opened: string): unknown {
  const xml = readPushXml(opened)
  if (xml === null) return null
  const wrapper = Object.entries(xml.nested).find(([name]) => LIST_WRAPPERS.has(name))
  if (!wrapper) return xml.fields
  return { ...xml.fields, List: readXmlList(wrapper[1]) }
}

const LIST_WRAPPERS = new Set(['SubscribeMsgPopupEvent', 'SubscribeMsgChangeEvent', 'SubscribeMsgSentEvent'])

/** Numbers of messages are quoted before the text is parsed: they may be larger than a number holds. */
function jsonFields(opened: string): unknown {
  try {
    return JSON.parse(opened.replace(/("(?:MsgId|MsgID)"\s*:\s*)(\d{1,20})/g, '$1"$2"'))
  } catch {
    return null
  }
}

export function readPushContent(fields: PushFields): PushedContent {
  if (fields.MsgType !== 'event') return readWritten(fields)
  return EVENTS[fields.Event ?? '']?.(fields) ?? { kind: 'event' }
}

function readWritten(fields: PushFields): PushedContent {
  const messageId = fields.MsgId ?? fields.MsgID ?? ''
  const content = fields['Content']
  if (fields.MsgType === 'text' && typeof content === 'string')
    return { kind: 'text', messageId, text: content }
  const part = (name: string): string => {
    const value = fields[name]
    return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  }
  const type = fields.MsgType
  const mediaId = part('MediaId') || null
  return { kind: 'other', messageId, type, words: WORDS[type]?.(part) ?? '', mediaId }
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ')

/** What of a message that is no text can be read: a place by its name, a link by its title, speech as it was understood. */
const WORDS: Readonly<Record<string, (part: (name: string) => string) => string>> = {
  location: (part) =>
    joined(part('Label'), [part('Location_X'), part('Location_Y')].filter(Boolean).join(',')),
  link: (part) => joined(part('Title'), part('Description'), part('Url')),
  miniprogrampage: (part) => part('Title'),
  voice: (part) => part('Recognition'),
}

const SCENE_PREFIX = 'qrscene_'

const EVENTS: Readonly<Record<string, (fields: PushFields) => PushedContent>> = {
  subscribe: ({ EventKey = '' }) => ({
    kind: 'subscribe',
    scene: EventKey.startsWith(SCENE_PREFIX) ? EventKey.slice(SCENE_PREFIX.length) : null,
  }),
  unsubscribe: () => ({ kind: 'unsubscribe' }),
  SCAN: ({ EventKey = '' }) => ({ kind: 'scan', scene: EventKey }),
  CLICK: ({ EventKey = '' }) => ({ kind: 'click', key: EventKey }),
  VIEW: ({ EventKey = '' }) => ({ kind: 'view', target: EventKey }),
  view_miniprogram: ({ EventKey = '' }) => ({ kind: 'view', target: EventKey }),
  LOCATION: (fields) => {
    const { Latitude, Longitude } = read(place, fields, 'LOCATION')
    return { kind: 'location', latitude: Latitude, longitude: Longitude }
  },
  user_enter_tempsession: (fields) => ({
    kind: 'enter-chat',
    sessionFrom: typeof fields['SessionFrom'] === 'string' ? fields['SessionFrom'] : '',
  }),
  TEMPLATESENDJOBFINISH: readTemplateResult,
  subscribe_msg_popup_event: (fields) => readChoices(fields, 'popup'),
  subscribe_msg_change_event: (fields) => readChoices(fields, 'settings'),
  subscribe_msg_sent_event: readResults,
  user_info_modified: (fields) => readPerson(fields, 'modified'),
  user_authorization_revoke: (fields) => readPerson(fields, 'revoked'),
  user_authorization_cancellation: (fields) => readPerson(fields, 'cancelled'),
  wxa_media_check: (fields) => ({ kind: 'media-verdict', verdict: readVerdict(fields) }),
}

const place = z.looseObject({ Latitude: z.coerce.number(), Longitude: z.coerce.number() })

const templateResult = z.looseObject({ MsgID: text, Status: z.string() })

/** The documents print the failures with and without a space after the colon. */
function readTemplateResult(fields: PushFields): PushedContent {
  const { MsgID: messageId, Status } = read(templateResult, fields, 'TEMPLATESENDJOBFINISH')
  const code = Status.replace(/\s+/g, '')
  const state = code === 'success' ? 'delivered' : code === 'failed:userblock' ? 'blocked' : 'failed'
  return { kind: 'template-result', messageId, state, code }
}

const oneOrMany = <T extends z.ZodType>(item: T) => z.union([z.array(item), item.transform((one) => [one])])

const choices = z.looseObject({
  List: oneOrMany(z.looseObject({ TemplateId: z.string().min(1), SubscribeStatusString: z.string() })),
})

function readChoices(fields: PushFields, where: 'popup' | 'settings'): PushedContent {
  const { List } = read(choices, fields, 'subscription choices')
  const found = List.map(({ TemplateId, SubscribeStatusString }): SubscriptionChoice => {
    return { templateId: TemplateId, choice: SubscribeStatusString === 'accept' ? 'accept' : 'reject' }
  })
  return { kind: 'subscription-choices', where, choices: found }
}

const results = z.looseObject({
  List: oneOrMany(
    z.looseObject({
      TemplateId: z.string().min(1),
      MsgID: text,
      ErrorCode: text,
      ErrorStatus: z.string().default(''),
    }),
  ),
})

function readResults(fields: PushFields): PushedContent {
  const { List } = read(results, fields, 'subscribe_msg_sent_event')
  const found = List.map(({ TemplateId, MsgID, ErrorCode }): SubscriptionResult => {
    return { templateId: TemplateId, messageId: MsgID, delivered: ErrorCode === '0', code: ErrorCode }
  })
  return { kind: 'subscription-results', results: found }
}

const person = z.looseObject({ OpenID: z.string().min(1), RevokeInfo: text.optional() })

function readPerson(fields: PushFields, change: 'revoked' | 'cancelled' | 'modified'): PushedContent {
  const { OpenID, RevokeInfo = '' } = read(person, fields, `person ${change}`)
  const revoked = RevokeInfo.split(/[^0-9]+/).filter((number) => number !== '')
  return { kind: 'person-changed', change, openid: OpenID, revoked }
}

const mediaCheck = z.looseObject({
  trace_id: z.string().min(1).max(96),
  errcode: z.number().int().default(0),
  result: z
    .looseObject({ suggest: z.enum(['pass', 'review', 'risky']), label: z.number().int().optional() })
    .optional(),
})

function readVerdict(fields: PushFields): MediaVerdict {
  const { trace_id: traceId, errcode, result } = read(mediaCheck, fields, 'wxa_media_check')
  const looked = errcode === 0 && result !== undefined
  return { traceId, verdict: looked ? result.suggest : null, label: result?.label ?? null }
}

function read<T extends z.ZodType>(schema: T, raw: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  throw malformed(`${what} ${parsed.error.issues[0]?.path.join('.') ?? ''}`)
}

export function malformed(detail: string): AppError {
  return new AppError('malformed_notice', { detail: `wechat push: ${detail}` })
}
