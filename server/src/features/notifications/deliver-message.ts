import { z } from 'zod'
import { inTransaction } from '../../core/db/database'
import { id as idShape } from '../../core/http/shapes'
import { backoff } from '../../core/jobs/define'
import type { MessageChannel, PlatformIdentity, SendOutcome } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { defineJob } from '../../platforms/feature'
import { identityFor, residentAliases } from '../identity'
import type { MessageRow } from './entities'
import { fillFields } from './fill-template'
import { barePage } from './page'
import { deleteDelivery, deliveriesOf, endDelivery, findMessage, insertDelivery, spendCredit } from './store'
import type { ChannelName } from './template-shape'
import { templateNamed } from './templates'

type PushChannel = Extract<ChannelName, 'wechat-mini' | 'wechat-oa' | 'alipay-mini'>
const PUSH: readonly ChannelName[] = ['wechat-mini', 'wechat-oa', 'alipay-mini']
const isPush = (name: ChannelName): name is PushChannel => PUSH.includes(name)

const HOUR_MS = 3_600_000

/** Carries one message over the template's channels, in their order, until one has it. */
export const deliverMessage = defineJob({
  name: 'messages.deliver',
  payload: z.strictObject({ messageId: idShape }),
  maxAttempts: 12,
  timeoutMs: 30_000,
  backoffMs: backoff(5_000, 1_800_000),
  run: async (ctx, { messageId }) => {
    const message = await findMessage(ctx.db.reader, messageId)
    if (!message) return
    const template = templateNamed(message.template)
    if (ctx.clock.now() - message.createdAt > template.expiresAfterHours * HOUR_MS) return
    for (const channel of walletFirst(
      template.channels.map(({ name }) => name).filter(isPush),
      message.wallet,
    )) {
      if (await carryOver(ctx, message, channel)) return
    }
  },
})

/** The template's order, with the wallet that the resident just used moved to the front. */
function walletFirst(channels: readonly PushChannel[], wallet: string | null): PushChannel[] {
  const near = channels.filter((channel) => wallet !== null && channel.startsWith(wallet))
  return [...near, ...channels.filter((channel) => !near.includes(channel))]
}

/** True when no further channel is to be tried: delivered, or nobody can know. */
async function carryOver(ctx: Ctx, message: MessageRow, channel: PushChannel): Promise<boolean> {
  const before = (await deliveriesOf(ctx.db.reader, message.id)).find((row) => row.channel === channel)
  if (before?.state === 'sending') {
    // An earlier run ended between sending and writing the answer down. It may have arrived, so it is not repeated.
    await inTransaction(ctx, (tx) =>
      endDelivery(tx, before.id, {
        state: 'unknown',
        platformCode: null,
        platformMessageId: null,
        endedAt: ctx.clock.now(),
      }),
    )
    return true
  }
  if (before) return before.state === 'delivered' || before.state === 'unknown'
  const target = await targetOf(ctx, message, channel)
  if (!target) return false
  const deliveryId = ctx.ids.next()
  await inTransaction(ctx, (tx) =>
    insertDelivery(tx, {
      id: deliveryId,
      messageId: message.id,
      channel,
      state: 'sending',
      platformCode: null,
      platformMessageId: null,
      costFen: 0,
      startedAt: ctx.clock.now(),
      endedAt: null,
      reportedAt: null,
    }),
  )
  const outcome = await target.send()
  await writeDown(ctx, message, { deliveryId, channel, templateId: target.templateId, outcome })
  return outcome.state === 'delivered' || outcome.state === 'unknown'
}

async function writeDown(
  ctx: Ctx,
  message: MessageRow,
  done: { deliveryId: string; channel: PushChannel; templateId: string; outcome: SendOutcome },
): Promise<void> {
  const { outcome } = done
  const credit = { residentId: message.residentId, channel: done.channel, templateId: done.templateId }
  await inTransaction(ctx, async (tx) => {
    if (outcome.state === 'later') await deleteDelivery(tx, done.deliveryId)
    else await endDelivery(tx, done.deliveryId, { ...outcome, endedAt: ctx.clock.now() })
    // The platform is right about what the resident allows; our count only follows it.
    if (outcome.state === 'delivered') await spendCredit(tx, credit, { all: false, nowMs: ctx.clock.now() })
    if (outcome.state === 'refused') await spendCredit(tx, credit, { all: true, nowMs: ctx.clock.now() })
  })
  ctx.log.info(
    {
      messageId: message.id,
      channel: done.channel,
      state: outcome.state,
      platformCode: outcome.platformCode,
    },
    'messages.sent',
  )
  if (outcome.state === 'later')
    throw new Error(`${done.channel} asks us to come back later (${outcome.platformCode ?? 'no code'}).`)
}

/** What each channel needs to reach somebody: its templates, its app, its identity, its sender. */
function wayOf(ctx: Ctx, channel: PushChannel): Way {
  const { wechat, alipay } = ctx.config.platforms
  const { messages } = ctx.platforms
  const ways: Record<PushChannel, Way> = {
    'wechat-mini': {
      templates: wechat.subscribeTemplates,
      provider: 'wechat-mini',
      appId: wechat.mini.appId,
      sender: messages.wechatMini,
    },
    'wechat-oa': {
      templates: wechat.oaTemplates,
      provider: 'wechat-oa',
      appId: wechat.oa.appId,
      sender: messages.wechatOa,
    },
    'alipay-mini': {
      templates: alipay.messageTemplates,
      provider: 'alipay',
      appId: alipay.apps['mini']?.appId ?? '',
      sender: messages.alipayMini,
    },
  }
  return ways[channel]
}

interface PlatformTemplate {
  readonly id: string
  readonly fields?: Readonly<Record<string, string>> | undefined
}

interface Way {
  readonly templates: Readonly<Record<string, PlatformTemplate>>
  readonly provider: PlatformIdentity['provider']
  readonly appId: string
  readonly sender: MessageChannel
}

/** Where and how this resident is reached on this channel; null when they are not. */
async function targetOf(
  ctx: Ctx,
  message: MessageRow,
  channel: PushChannel,
): Promise<{ templateId: string; send: () => Promise<SendOutcome> } | null> {
  const way = wayOf(ctx, channel)
  const template = way.templates[message.template]
  if (!template) return null
  const [living = message.residentId] = await residentAliases(ctx.db.reader, message.residentId)
  const identity = await identityFor(ctx.db.reader, ctx, living, way.provider, way.appId)
  if (!identity) return null
  const facts = z.record(z.string(), z.string()).parse(JSON.parse(message.facts))
  const words = templateNamed(message.template)
  const own = words.channels.find(({ name }) => name === channel)
  const fields = fillFields(words, template.fields ?? own?.fields ?? {}, facts)
  const outgoing = {
    id: message.id,
    to: identity.subject,
    idType: identity.idType,
    templateId: template.id,
    fields,
    page: barePage(message.page),
  }
  return { templateId: template.id, send: () => way.sender.send(outgoing) }
}
