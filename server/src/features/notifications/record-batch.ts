import { inTransaction, type Tx } from '../../core/db/database'
import type { SendOutcome } from '../../platforms'
import type { Ctx } from '../../platforms/context'
import { type Batch, RowEnds, tallyDelivery, tallyMessage, waiting } from './claim-batch'
import { CreditChanges } from './credit-changes'
import type { DeliveryRow } from './entities'
import { applyEarlyReports } from './receive-sms-reports'
import { insertDeliveries, type RowEnd, stillHeld } from './outgoing-store'
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
  const write = (of: (tx: Tx) => Promise<readonly Sent[]>) =>
    inTransaction(ctx, async (tx) => {
      const held = await of(tx)
      const record = new Record_(ctx, batch)
      for (const result of held) record.add(result)
      await record.save(tx, held.length)
      for (const { row, begun } of changes) {
        if (row.restsUntil !== null || begun) await saveRest(tx, row)
        else await saveCountOfRest(tx, row)
        if (begun) await tellOfRest(tx, ctx, row)
      }
      await record.saveCounts(tx)
      return held.length
    })
  const held = await write(() => Promise.resolve(results)).catch((error: unknown) => {
    if (!(error instanceof LeasePassed)) throw error
    return write((tx) => stillOurs(tx, batch, results))
  })
  worker.rests.written(changes)
  await applyEarlyReports(ctx, reportedOn(results))
  if (held < results.length) ctx.log.warn({ lost: results.length - held }, 'messages.lease-passed')
  return held
}

/** Somebody else has some of the rows, so nothing was written yet; nearly always all are ours, and nobody asks first. */
class LeasePassed extends Error {}

async function stillOurs(tx: Tx, batch: Batch, results: readonly Sent[]): Promise<readonly Sent[]> {
  const ids = results.map(({ send }) => send.message.id)
  const still = await stillHeld(tx, ids, batch.token)
  return results.filter(({ send }) => still.has(send.message.id))
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
  private readonly deliveries: DeliveryRow[] = []
  private readonly credits = new CreditChanges()
  private readonly tally = new Tally()
  private readonly spent: SmsSpent[] = []
  private readonly troubles = new Map<string, Trouble>()

  constructor(
    private readonly ctx: Ctx,
    private readonly batch: Batch,
  ) {
    this.now = ctx.clock.now()
  }

  add(result: Sent): void {
    const { send } = result
    switch (result.kind) {
      case 'answered':
        return this.addAnswer(send, result.outcome)
      case 'stopped':
        this.rows.add(send.message.id, final('cancelled'))
        return tallyMessage(this.tally, send.message, 'cancelled', this.now)
      case 'let-go': {
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
      const rests = outcome.advice === 'rest-channel' && message.urgency > 0
      this.rows.add(message.id, rests ? waiting(send) : dueAt(again))
      return
    }
    this.end(send, outcome, outcome.state === 'later' ? 'failed' : outcome.state)
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

  private end(send: Send, outcome: SendOutcome, became: DeliveryRow['state']): void {
    const { message, choice } = send
    const channel = choice.channel.name
    const taken = became === 'delivered' || became === 'unknown'
    const costFen = taken ? send.costFen : 0
    this.deliveries.push({
      messageId: message.id,
      channel,
      state: became,
      platformCode: outcome.platformCode?.slice(0, 64) ?? null,
      platformMessageId: outcome.platformMessageId?.slice(0, 64) ?? null,
      costFen,
      startedAt: this.batch.claimedAt,
      endedAt: this.now,
      reportedAt: null,
    })
    tallyDelivery(this.tally, message, { channel, state: became, costFen }, this.now)
    if (costFen > 0) this.spent.push({ companyId: message.companyId ?? '', parts: send.parts, costFen })
    if (choice.platform.once) this.credits.add(send, outcome)
    if (!taken) return this.rows.add(message.id, dueAt(this.now))
    const state = became === 'delivered' ? 'sent' : 'unknown'
    this.rows.add(message.id, final(state))
    tallyMessage(this.tally, message, state, this.now)
  }

  private trouble(channel: string, code: string): void {
    this.troubles.set(`${channel}|${code}`, { channel, code })
  }

  /** The rows first: whatever hangs on them is written only where all of them were still ours. */
  async save(tx: Tx, rows: number): Promise<void> {
    if ((await this.rows.save(tx, this.batch.token)) < rows) throw new LeasePassed()
    await insertDeliveries(tx, this.deliveries)
    await this.credits.save(tx, this.now)
  }

  async saveCounts(tx: Tx): Promise<void> {
    for (const trouble of this.troubles.values()) await tellOfTrouble(tx, this.ctx, trouble)
    await addSmsCosts(tx, this.ctx, this.spent)
    await this.tally.save(tx)
  }
}

const final = (state: RowEnd['state']): RowEnd => ({ state, dueAt: null, waitsFor: null, uncounted: false })
const dueAt = (at: number): RowEnd => ({ state: 'due', dueAt: at, waitsFor: null, uncounted: false })

/** Between 0.8 and 1.2, by the message's own id, so that retries of many do not march in step. */
function spread(id: string): number {
  let sum = 0
  for (const character of id.slice(-6)) sum = (sum * 31 + character.charCodeAt(0)) % 401
  return 0.8 + sum / 1000
}
