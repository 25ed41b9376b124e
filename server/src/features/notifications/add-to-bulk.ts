import { shanghaiDay } from '../../core/clock'
import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { findBulks, insertMessages, whoHasReason } from './bulk-store'
import type { BulkRow, MessageRow } from './entities'
import { afterQuietHours } from './quiet-hours'
import { Tally } from './tally-store'
import { templateNamed } from './templates'

/**
 * Adds a page of residents to a bulk in one multi-row insert and answers how many are new; who has the reason already
 * is left out, so a page that is added again adds nobody twice. Nothing is added to a bulk that was stopped.
 */
export async function addToBulk(
  tx: Tx,
  ctx: Ctx,
  to: {
    bulkId: string
    reason: string
    /** When they may be sent; the template's quiet hours move it. */
    dueAt: number
  },
  members: readonly { readonly residentId: string; readonly householdId: string | null }[],
): Promise<number> {
  const bulk = (await findBulks(tx, [to.bulkId])).get(to.bulkId)
  if (!bulk) throw new Error(`There is no bulk ${to.bulkId}.`)
  if (bulk.state !== 'spreading' || members.length === 0) return 0
  const byResident = new Map(members.map((member) => [member.residentId, member]))
  const had = await whoHasReason(tx, to.reason, [...byResident.keys()])
  const fresh = [...byResident.values()].filter(({ residentId }) => !had.has(residentId))
  if (fresh.length === 0) return 0
  const { keepQuietHours } = ctx.config.messages
  const dueAt = afterQuietHours(
    templateNamed(bulk.template),
    { urgency: bulk.urgency, keepQuietHours },
    to.dueAt,
  )
  const row = rowOf(bulk, { reason: to.reason, dueAt, now: ctx.clock.now() })
  await insertMessages(
    tx,
    row,
    fresh.map(({ residentId, householdId }) => ({ id: ctx.ids.next(), residentId, householdId })),
  )
  const tally = new Tally()
  tally.add(
    {
      day: shanghaiDay(ctx.clock.now()),
      companyId: bulk.companyId ?? '',
      template: bulk.template,
      bulkId: bulk.id,
      channel: 'inbox',
      state: 'made',
    },
    fresh.length,
  )
  await tally.save(tx)
  tx.afterCommit(ctx.wakeJobs)
  return fresh.length
}

function rowOf(
  bulk: BulkRow,
  how: { reason: string; dueAt: number; now: number },
): Omit<MessageRow, 'id' | 'residentId' | 'householdId'> {
  return {
    template: bulk.template,
    reason: how.reason,
    companyId: bulk.companyId,
    bulkId: bulk.id,
    title: '',
    facts: '{}',
    page: null,
    wallet: null,
    urgency: bulk.urgency,
    state: 'due',
    dueAt: how.dueAt,
    token: null,
    trying: null,
    tryingSince: null,
    attempts: 0,
    waitsFor: null,
    expiresAt: bulk.expiresAt,
    createdAt: how.now,
    readAt: null,
  }
}
