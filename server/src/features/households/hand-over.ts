import { recordAudit } from '../../core/audit'
import type { CoreCtx } from '../../core/context'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { defineSchedule } from '../../platforms/feature'
import { residentAliases } from '../identity'
import type { HandoverRow } from './entities'
import {
  deleteVisitsOf,
  dueHandovers,
  endBindingsOf,
  endedByHandover,
  insertHandover,
  lockHandover,
  lockHousehold,
  reopenBinding,
  saveHandover,
} from './handover-store'
import { activeBindings, makeDefault } from './store'

export interface Handover {
  readonly householdId: string
  readonly kind: HandoverRow['kind']
  /** The first moment of the new holder's time; one that is to come waits for its day. */
  readonly effectiveAt: number
  readonly source: HandoverRow['source']
  readonly byStaff: string | null
  readonly note: string
  /** Bindings that the new holder made already. */
  readonly kept: readonly string[]
}

/** Records a change of holder, and carries it out where its day has come. Errors: not_found. */
export async function handOver(tx: Tx, ctx: CoreCtx, input: Handover): Promise<HandoverRow> {
  const household = await lockHousehold(tx, input.householdId)
  if (household === null) throw new AppError('not_found', { detail: 'household to hand over' })
  const row: HandoverRow = {
    id: ctx.ids.next(),
    householdId: household.id,
    companyId: household.companyId,
    kind: input.kind,
    effectiveAt: input.effectiveAt,
    state: 'planned',
    source: input.source,
    byStaff: input.byStaff,
    note: input.note,
    kept: JSON.stringify(input.kept),
    recordedAt: ctx.clock.now(),
    appliedAt: null,
    withdrawnAt: null,
  }
  await insertHandover(tx, row)
  await recordAudit(tx, ctx, {
    action: 'households.hand-over',
    actor: input.byStaff === null ? 'system' : `staff:${input.byStaff}`,
    object: `household:${household.id}`,
    detail: { handoverId: row.id, kind: row.kind, source: row.source, effectiveAt: row.effectiveAt },
  })
  return row.effectiveAt <= row.recordedAt ? carryOut(tx, ctx, row) : row
}

/** Bindings end, and with them what hangs on them: invitations and consents to act. Visitors are out. */
async function carryOut(tx: Tx, ctx: CoreCtx, row: HandoverRow): Promise<HandoverRow> {
  const now = ctx.clock.now()
  const applied: HandoverRow = { ...row, state: 'applied', appliedAt: now }
  await saveHandover(tx, applied)
  const kept: unknown = JSON.parse(row.kept)
  const ended = await endBindingsOf(tx, row, Array.isArray(kept) ? kept.map(String) : [], now)
  for (const residentId of new Set(ended.map((binding) => binding.residentId)))
    await keepADefault(tx, residentId)
  await deleteVisitsOf(tx, row.householdId)
  await recordAudit(tx, ctx, {
    action: 'households.handed-over',
    actor: 'system',
    object: `household:${row.householdId}`,
    detail: { handoverId: row.id, ended: ended.length },
  })
  return applied
}

async function keepADefault(tx: Tx, residentId: string): Promise<void> {
  const aliases = await residentAliases(tx, residentId)
  const [first] = await activeBindings(tx, aliases)
  if (first !== undefined) await makeDefault(tx, aliases, first.id)
}

/**
 * It was a mistake: those whom it ended are bound again, but for whoever bound the household anew. Errors: not_found,
 * move_not_allowed when it was withdrawn already.
 */
export async function withdrawHandover(tx: Tx, ctx: CoreCtx, handoverId: string): Promise<HandoverRow> {
  const row = await lockHandover(tx, handoverId)
  if (row === null) throw new AppError('not_found', { detail: 'handover' })
  if (row.state === 'withdrawn') throw new AppError('move_not_allowed', { message: '这次过户已经撤销过了。' })
  await lockHousehold(tx, row.householdId)
  const withdrawn: HandoverRow = { ...row, state: 'withdrawn', withdrawnAt: ctx.clock.now() }
  await saveHandover(tx, withdrawn)
  for (const { id, residentId } of await endedByHandover(tx, row.id)) {
    await reopenBinding(tx, id)
    await keepADefault(tx, residentId)
  }
  return withdrawn
}

const AT_ONCE = 200

/** Changes whose day has come, each in a transaction of its own. */
export const handOverDue = defineSchedule({
  name: 'households.hand-over-due',
  everyMs: 60_000,
  run: async (ctx) => {
    for (const id of await dueHandovers(ctx.db.reader, ctx.clock.now(), AT_ONCE))
      await inTransaction(ctx, async (tx) => {
        const row = await lockHandover(tx, id)
        if (row?.state !== 'planned') return
        await lockHousehold(tx, row.householdId)
        await carryOut(tx, ctx, row)
      })
  },
})
