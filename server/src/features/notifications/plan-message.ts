import type { Ctx } from '../../platforms/context'
import { shanghaiParts } from '../../core/clock'
import { type Choice, chooseChannel } from './choose-channel'
import type { BulkRow, MessageRow, MessageState } from './entities'
import { type Facts, factsShape } from './facts'
import { fillText, fillVariables } from './fill-template'
import type { Outlook } from './outlook'
import { afterQuietHours } from './quiet-hours'
import type { Template } from './template-shape'
import { knownTemplate } from './templates'

/** One attempt that is about to be made. */
export interface Send {
  readonly message: MessageRow
  /** The person's living id. */
  readonly residentId: string
  /** Ids that they had before. */
  readonly earlierIds: readonly string[]
  readonly template: Template
  readonly choice: Choice
  readonly facts: Facts
  readonly title: string
  readonly page: string | null
  /** What it will cost where the platform takes it, and how many parts of a text message it is. */
  readonly costFen: number
  readonly parts: number
  /** It tries whether a channel that rests works again. */
  readonly probe: boolean
}

export type Plan =
  | { readonly kind: 'send'; readonly send: Send }
  | { readonly kind: 'wait'; readonly message: MessageRow; readonly send: Send }
  | { readonly kind: 'hold'; readonly message: MessageRow; readonly dueAt: number }
  | {
      readonly kind: 'end'
      readonly message: MessageRow
      readonly state: Exclude<MessageState, 'due'>
    }

/** What becomes of one claimed message now. It decides and changes nothing. */
export function planMessage(
  ctx: Ctx,
  outlook: Outlook,
  message: MessageRow,
  budgets: Map<string, number>,
): Plan {
  const end = (state: Exclude<MessageState, 'due'>): Plan => ({ kind: 'end', message, state })
  // Whoever had it ended between sending and writing down. It may have arrived, so it is not repeated.
  if (message.trying !== null) return end('unknown')
  const bulk = message.bulkId === null ? undefined : outlook.bulks.get(message.bulkId)
  if (bulk?.state === 'stopped') return end('cancelled')
  if (!concerns(outlook, message)) return end('dropped')
  if (outlook.now >= Number(message.expiresAt)) return end('expired')
  const template = knownTemplate(message.template)
  if (!template) {
    // An upgrade took the file away; the row must not keep all others from being sent.
    ctx.log.error({ template: message.template }, 'messages.template-gone')
    return end('failed')
  }
  const { keepQuietHours } = ctx.config.messages
  const dueAt = afterQuietHours(template, { urgency: message.urgency, keepQuietHours }, outlook.now)
  if (dueAt > outlook.now) return { kind: 'hold', message, dueAt }
  const chosen = chooseChannel(ctx, outlook, message, template, (id) => budgets.get(id) ?? 0)
  if (chosen.kind === 'none') {
    const deliveries = outlook.deliveries.get(message.id) ?? []
    return end(deliveries.some(({ state }) => state === 'failed') ? 'failed' : 'inbox')
  }
  const send = sendOf(ctx, outlook, { message, bulk, template, choice: chosen.choice })
  if (chosen.kind === 'wait') return { kind: 'wait', message, send }
  const company = message.companyId ?? ''
  if (send.costFen > 0) budgets.set(company, (budgets.get(company) ?? 0) - send.costFen)
  return { kind: 'send', send }
}

/** Whether the resident still lives in the portal and, where it is about a household, is still bound to it. */
function concerns(outlook: Outlook, message: MessageRow): boolean {
  const person = outlook.people.get(message.residentId)
  if (!person || person.ended) return false
  if (message.householdId === null) return true
  const home = outlook.homes.get(message.householdId)
  return home !== undefined && person.aliases.some((id) => home.residents.has(id))
}

function sendOf(
  ctx: Ctx,
  outlook: Outlook,
  of: { message: MessageRow; bulk: BulkRow | undefined; template: Template; choice: Choice },
): Send {
  const { message, bulk, template, choice } = of
  const home = message.householdId === null ? undefined : outlook.homes.get(message.householdId)
  const facts: Facts = {
    saidAt: minuteInWords(Number(message.createdAt)),
    ...(bulk ? sharedFacts(bulk) : {}),
    // Of a bulk nearly every row has nothing of its own.
    ...(message.facts === '{}' ? {} : factsShape.parse(JSON.parse(message.facts))),
    ...(home ? { household: home.shortAddress } : {}),
  }
  const cost = costOf(ctx, template, choice, facts)
  const person = outlook.people.get(message.residentId)
  return {
    message,
    residentId: person?.id ?? message.residentId,
    earlierIds: person?.aliases.slice(1) ?? [],
    template,
    choice,
    facts,
    title: bulk && bulk.title !== '' ? bulk.title : message.title,
    page: message.page ?? bulk?.page ?? null,
    costFen: cost.costFen,
    parts: cost.parts,
    probe: false,
  }
}

const parsedFacts = new WeakMap<BulkRow, Facts>()

/** Of a bulk's row, read once for all messages of a batch. */
function sharedFacts(bulk: BulkRow): Facts {
  const known = parsedFacts.get(bulk)
  if (known) return known
  const facts = factsShape.parse(JSON.parse(bulk.facts))
  parsedFacts.set(bulk, facts)
  return facts
}

const FREE = { parts: 0, costFen: 0 }

function costOf(
  ctx: Ctx,
  template: Template,
  { channel }: Choice,
  facts: Facts,
): { parts: number; costFen: number } {
  if (channel.name !== 'sms' || channel.text === undefined) return FREE
  return ctx.platforms.sms.costOf(fillText(channel.text, fillVariables(template, channel.text, facts)))
}

/** 2026年11月22日 15:02, Shanghai: the form that message templates take for a time. */
export function minuteInWords(epochMs: number): string {
  const p = shanghaiParts(epochMs)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${p.year}年${p.month}月${p.day}日 ${two(p.hour)}:${two(p.minute)}`
}
