import { inTransaction, type Tx } from '../../core/db/database'
import type { SendOutcome } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { type Batch, RowEnds, tallyDelivery, tallyMessage, waiting } from './claim-batch'
import { CreditChanges } from './credit-changes'
import { applyEarlyReports } from './receive-sms-reports'
import { endDeliveries, forgetDeliveries, type RowEnd, stillHeld } from './outgoing-store'
import type { Send } from './plan-message'
import { saveCountOfRest, saveRest } from './rest-store'
import type { Sent, Worker } from './send-batch'
import { addSmsCosts, type SmsSpent } from './add-sms-costs'
import { Tally } from './tally-store'
import { tellOfRest, tellOfTrouble } from './tell-supervisors'

/**
 * Writes down all results of a batch in one transaction. Rows whose lease has passed to somebody else are left alone
 * with everything that belongs to them. Answers how many were still ours.
 */
export async function recordBatch(
  ctx: Ctx,
  worker: Worker,
  batch: Batch,
  results: readonly Sent[],
): Promise<number> {
  if (results.length === 0) return 0
  const changes = worker.rests.changes()
  const held = await inTransaction(ctx, async (tx) => {
    const ids = results.map(({ send }) => send.message.id)
    const still = await stillHeld(tx, ids, batch.token)
    const record = new Record_(ctx)
    for (const result of results) if (still.has(result.send.message.id)) record.add(result)
    await record.save(tx, batch.token)
    for (const { row, begun } of changes) {
      if (row.restsUntil !== null || begun) await saveRest(tx, row)
      else await saveCountOfRest(tx, row)
      if (begun) await tellOfRest(tx, ctx, row)
    }
    await record.saveCounts(tx)
    return still.size
  })
  worker.rests.written(changes)
  await applyEarlyReports(ctx, reportedOn(results))
  if (held < results.length) ctx.log.warn({ lost: results.length - held }, 'messages.lease-passed')
  return held
}

/** Channels whose platform tells later what became of a message, perhaps before we have written down that it took it. */
const REPORTS: ReadonlySet<string> = new Set(['sms', 'wechat-oa'])

function reportedOn(results: readonly Sent[]): { channel: string; platformMessageId: string }[] {
  return results.flatMap((result) => {
    const channel = result.send.choice.channel.name
    if (result.kind !== 'answered' || !REPORTS.has(channel)) return []
    const { platformMessageId } = result.outcome
    return platformMessageId === null ? [] : { channel, platformMessageId }
  })
}

interface Trouble {
  readonly channel: string
  readonly code: string
}

/** What the results of one batch change, gathered so that like is written with like. */
class Record_ {
  private readonly now: number
  private readonly rows = new RowEnds()
  private readonly forgotten: string[] = []
  private readonly ended = new Map<string, { outcome: SendOutcome; costFen: number; ends: Ended[] }>()
  private readonly credits = new CreditChanges()
  private readonly tally = new Tally()
  private readonly spent: SmsSpent[] = []
  private readonly troubles = new Map<string, Trouble>()

  constructor(private readonly ctx: Ctx) {
    this.now = ctx.clock.now()
  }

  add(result: Sent): void {
    const { send } = result
    switch (result.kind) {
      case 'answered':
        return this.addAnswer(send, result.outcome)
      case 'stopped':
        this.forgotten.push(send.deliveryId)
        this.rows.add(send.message.id, final('cancelled'))
        return tallyMessage(this.tally, send.message, 'cancelled', this.now)
      case 'let-go': {
        this.forgotten.push(send.deliveryId)
        const back = { ...dueAt(this.now + (result.why === 'later' ? result.afterMs : 0)), uncounted: true }
        const waits = result.why === 'rest' && send.message.urgency > 0
        this.rows.add(send.message.id, waits ? waiting(send) : back)
      }
    }
  }

  private addAnswer(send: Send, outcome: SendOutcome): void {
    const { message } = send
    const again = this.againAt(send, outcome)
    if (again !== null) {
      this.forgotten.push(send.deliveryId)
      const rests = outcome.advice === 'rest-channel' && message.urgency > 0
      this.rows.add(message.id, rests ? waiting(send) : dueAt(again))
      return
    }
    this.end(send, outcome.state === 'later' ? { ...outcome, state: 'failed' } : outcome)
    if (outcome.advice === 'page-staff')
      this.trouble(send.choice.channel.name, outcome.platformCode ?? 'unknown')
  }

  /** When it may be tried again over this channel; null where this answer is the last one. */
  private againAt({ message }: Send, outcome: SendOutcome): number | null {
    if (outcome.state !== 'later') return null
    // An urgent message looks for another channel at once; the rest that begins keeps it from this one.
    if (outcome.advice === 'rest-channel') return this.now
    const { triesMost, retryFirstMs, retryMostMs } = this.ctx.config.messages
    const attempt = Number(message.attempts) + 1
    if (attempt >= triesMost) return null
    const wait = Math.min(retryMostMs, retryFirstMs * 2 ** (attempt - 1)) * spread(message.id)
    return Math.min(Number(message.expiresAt), this.now + Math.max(outcome.waitMs ?? 0, Math.round(wait)))
  }

  private end(send: Send, outcome: SendOutcome): void {
    const { message, choice } = send
    const channel = choice.channel.name
    const taken = outcome.state === 'delivered' || outcome.state === 'unknown'
    const costFen = taken ? send.costFen : 0
    const key = `${outcome.state}|${outcome.platformCode}|${costFen}`
    const group = this.ended.get(key) ?? { outcome, costFen, ends: [] }
    group.ends.push({ id: send.deliveryId, platformMessageId: outcome.platformMessageId })
    this.ended.set(key, group)
    tallyDelivery(this.tally, message, { channel, state: outcome.state, costFen }, this.now)
    if (costFen > 0) this.spent.push({ companyId: message.companyId ?? '', parts: send.parts, costFen })
    if (choice.platform.once) this.credits.add(send, outcome)
    if (!taken) return this.rows.add(message.id, dueAt(this.now))
    const state = outcome.state === 'delivered' ? 'sent' : 'unknown'
    this.rows.add(message.id, final(state))
    tallyMessage(this.tally, message, state, this.now)
  }

  private trouble(channel: string, code: string): void {
    this.troubles.set(`${channel}|${code}`, { channel, code })
  }

  async save(tx: Tx, token: string): Promise<void> {
    await this.rows.save(tx, token)
    await forgetDeliveries(tx, this.forgotten)
    for (const { outcome, costFen, ends } of this.ended.values()) {
      const { state, platformCode } = outcome
      if (state === 'later') continue
      await endDeliveries(tx, ends, { state, platformCode, costFen, endedAt: this.now })
    }
    await this.credits.save(tx, this.now)
  }

  async saveCounts(tx: Tx): Promise<void> {
    for (const trouble of this.troubles.values()) await tellOfTrouble(tx, this.ctx, trouble)
    await addSmsCosts(tx, this.ctx, this.spent)
    await this.tally.save(tx)
  }
}

interface Ended {
  readonly id: string
  readonly platformMessageId: string | null
}

const final = (state: RowEnd['state']): RowEnd => ({ state, dueAt: null, waitsFor: null, uncounted: false })
const dueAt = (at: number): RowEnd => ({ state: 'due', dueAt: at, waitsFor: null, uncounted: false })

/** Between 0.8 and 1.2, by the message's own id, so that retries of many do not march in step. */
function spread(id: string): number {
  let sum = 0
  for (const character of id.slice(-6)) sum = (sum * 31 + character.charCodeAt(0)) % 401
  return 0.8 + sum / 1000
}
