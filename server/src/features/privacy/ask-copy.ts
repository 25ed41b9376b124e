import { recordAudit } from '../../core/audit'
import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { enqueue } from '../../core/jobs/define'
import { type Ctx, residentOf } from '../../platforms/context'
import { lockResident, residentAliases } from '../identity'
import { copyJob } from './jobs'
import { copiesOf, countCopiesSince, insertCopy } from './store'

/**
 * Asks for a copy of all that is kept of me (PIPL 45). One is made at a time: asked again meanwhile it is the same one.
 * Errors: copy_limited after as many as a day allows.
 */
export async function askCopy(ctx: Ctx): Promise<{ copyId: string }> {
  const { id: residentId } = residentOf(ctx)
  const now = ctx.clock.now()
  return inTransaction(ctx, async (tx) => {
    await lockResident(tx, residentId)
    const residentIds = await residentAliases(tx, residentId)
    const waiting = (await copiesOf(tx, residentIds, 1)).find(({ state }) => state === 'waiting')
    if (waiting) return { copyId: waiting.id }
    const today = await countCopiesSince(tx, residentIds, shanghaiDayStart(shanghaiDay(now)))
    if (today >= ctx.config.privacy.copy.perDay) throw new AppError('copy_limited')
    const copyId = ctx.ids.next()
    await insertCopy(tx, {
      id: copyId,
      residentId,
      state: 'waiting',
      records: 0,
      createdAt: now,
      readyAt: null,
      expiresAt: null,
      openSlot: 1,
    })
    await enqueue(tx, ctx, copyJob, { copyId }, { key: copyId })
    await recordAudit(tx, ctx, { action: 'privacy.askCopy', object: `copy:${copyId}` })
    return { copyId }
  })
}
