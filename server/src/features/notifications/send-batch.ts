import { mailHeadOf } from '../../core/config/mail-head'
import { monotonicMs } from '../../core/clock'
import { Slots } from '../../core/slots'
import type { SendOutcome } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import type { Batch } from './claim-batch'
import { fillFields, fillVariables, fillWords } from './fill-template'
import { barePage } from './page'
import type { Send } from './plan-message'
import { RestWatch } from './rest-watch'
import { Chains, Pace } from './sending-slots'
import { StopWatch } from './watch-stops'

const AGAIN_MS = 1000

/** What one process keeps between its batches. */
export interface Worker {
  readonly slots: Slots
  readonly chains: Chains
  readonly pace: Pace
  readonly rests: RestWatch
  readonly stops: StopWatch
}

export function createWorker(ctx: Ctx): Worker {
  const { messages } = ctx.config
  return {
    slots: new Slots(messages.sendsAtOnce),
    chains: new Chains(),
    pace: new Pace(messages.perSecond),
    rests: new RestWatch(messages),
    stops: new StopWatch(ctx.db.reader),
  }
}

export type Sent =
  | { readonly send: Send; readonly kind: 'answered'; readonly outcome: SendOutcome }
  /** Its bulk was stopped before it began. */
  | { readonly send: Send; readonly kind: 'stopped' }
  /** Not begun: its channel rests since a moment ago; or it has to come back, `afterMs` from now. */
  | { readonly send: Send; readonly kind: 'let-go'; readonly why: 'rest' }
  | { readonly send: Send; readonly kind: 'let-go'; readonly why: 'later'; readonly afterMs: number }

/** Sends a batch, many at once, with no transaction open. Never throws for one message. */
export async function sendBatch(
  ctx: Ctx,
  worker: Worker,
  batch: Batch,
  stopping: AbortSignal,
): Promise<Sent[]> {
  const bulkIds = [...new Set(batch.sends.flatMap(({ message }) => message.bulkId ?? []))]
  worker.stops.watch(bulkIds)
  // One after the other while the cipher is at hand: between calls each costs four times as much.
  const targets = batch.sends.map((send) => opened(ctx, send))
  try {
    return await Promise.all(
      batch.sends.map((send, nth) =>
        worker.slots.run(() =>
          worker.chains.run(send.residentId, () =>
            sendOne(ctx, worker, { batch, send, to: targets[nth] ?? null, stopping }),
          ),
        ),
      ),
    )
  } finally {
    worker.stops.forget(bulkIds)
  }
}

async function sendOne(
  ctx: Ctx,
  worker: Worker,
  { batch, send, to, stopping }: { batch: Batch; send: Send; to: string | null; stopping: AbortSignal },
): Promise<Sent> {
  const later = (afterMs: number): Sent => ({ send, kind: 'let-go', why: 'later', afterMs })
  // Whoever would begin so late could still be sending when the lease is over.
  const roomMs = batch.claimedAtMono + ctx.config.messages.leaseMs / 2 - monotonicMs()
  const place = worker.pace.wait(send.choice.channel.name, roomMs)
  const placeMs = typeof place === 'number' ? place : await place
  if (placeMs > 0) return later(placeMs)
  const { bulkId } = send.message
  try {
    const stopped = bulkId !== null && worker.stops.isStopped(bulkId)
    if (typeof stopped === 'boolean' ? stopped : await stopped) return { send, kind: 'stopped' }
  } catch (error) {
    // Nobody can say whether it was stopped, so it is not begun.
    ctx.log.warn({ bulkId, err: error }, 'messages.stop-unknown')
    return later(AGAIN_MS)
  }
  if (stopping.aborted || isLate(ctx, batch)) return later(0)
  if (worker.rests.isShut(send)) return { send, kind: 'let-go', why: 'rest' }
  const outcome = await carry(ctx, send, to)
  worker.rests.note(send, outcome, ctx.clock.now())
  ctx.log.debug(
    {
      messageId: send.message.id,
      channel: send.choice.channel.name,
      state: outcome.state,
      platformCode: outcome.platformCode,
    },
    'messages.sent',
  )
  return { send, kind: 'answered', outcome }
}

/**
 * By the clock of the claim, or by one that nobody sets: a process that stood still must not go on, and one that is
 * slow gives back what it cannot finish. What another process has taken meanwhile stays with that one.
 */
function isLate(ctx: Ctx, batch: Batch): boolean {
  const { leaseMs } = ctx.config.messages
  return (
    ctx.clock.now() >= batch.leaseUntil - leaseMs / 2 || monotonicMs() - batch.claimedAtMono >= leaseMs / 2
  )
}

async function carry(ctx: Ctx, send: Send, to: string | null): Promise<SendOutcome> {
  if (to === null)
    return { state: 'failed', platformCode: 'sealed', platformMessageId: null, advice: 'page-staff' }
  try {
    return await hand(ctx, send, to)
  } catch (error) {
    ctx.log.error({ messageId: send.message.id, err: error }, 'messages.send-threw')
    return { state: 'unknown', platformCode: 'threw', platformMessageId: null, advice: null }
  }
}

/** Null where the key is gone under which it was sealed: then nothing was sent, and somebody has to know. */
function opened(ctx: Ctx, { choice, message }: Send): string | null {
  try {
    return ctx.vault.open(choice.target.sealed)
  } catch (error) {
    ctx.log.error({ messageId: message.id, err: error }, 'messages.cannot-open')
    return null
  }
}

function hand(
  ctx: Ctx,
  { choice, template, facts, message, title, page }: Send,
  to: string,
): Promise<SendOutcome> {
  const { messages, sms, mail } = ctx.platforms
  const { channel, platform, target } = choice
  const words = (): string => fillWords(template, channel, facts)
  const fields = (): Record<string, string> => fillFields(template, platform.fields, facts)
  const id = message.id
  const common = { id, to, idType: target.idType, templateId: platform.id, page: barePage(page) }
  switch (channel.name) {
    case 'wechat-mini':
      return messages.wechatMini.send({ ...common, fields: fields() })
    case 'wechat-oa':
      return messages.wechatOa.send({ ...common, fields: fields() })
    case 'alipay-mini':
      return messages.alipayMini.send({ ...common, fields: fields() })
    case 'sms':
      return sms.send({ ...common, fields: fillVariables(template, channel.text ?? '', facts) })
    case 'wechat-cs': {
      const link = page === null ? {} : { link: { label: '点开看看', page: barePage(page) ?? '' } }
      return messages.wechatCs.send({ to, content: { kind: 'text', text: words(), ...link } })
    }
    case 'email': {
      const url = `${ctx.config.http.publicUrl}/#/${barePage(page) ?? ''}`
      const head = mailHeadOf(ctx.config, message.companyId)
      return mail.send({ id, to, head, subject: title, text: words(), link: { label: '点开看看', url } })
    }
  }
}
