import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { assertDeskCompany, lockDeskOutlet } from './desk-scope'
import type { OutletRow } from './entities'
import { hoursFaults } from './hours'
import { presentForDesk } from './present'
import { newOutlet, saidOf } from './row-of'
import type { DeskOutlet, OutletFacts } from './schema'
import { insertOutlet, updateOutlet } from './store'

interface Input {
  companyId: string
  outletId: string | null
  basedOn: number
  facts: OutletFacts
}

/**
 * Adds an outlet, or changes one; numbers that were given stay. Errors: not_found, invalid_input with each fault,
 * outlet_changed when somebody else saved since `basedOn`.
 */
export async function saveDeskOutlet(ctx: Ctx, input: Input): Promise<{ outlet: DeskOutlet }> {
  assertDeskCompany(ctx, input.companyId)
  const faults = hoursFaults(input.facts.hours)
  if (faults.length > 0)
    throw new AppError('invalid_input', {
      fields: faults.map(({ path, message }) => ({ path: `facts.${path}`, message })),
    })
  try {
    const row = await inTransaction(ctx, (tx) => write(tx, ctx, input))
    return { outlet: presentForDesk(row) }
  } catch (error) {
    if (!isDuplicate(error)) throw error
    throw new AppError('invalid_input', {
      fields: [{ path: 'facts.name', message: '这家公司已有同名网点' }],
    })
  }
}

async function write(tx: Tx, ctx: Ctx, input: Input): Promise<OutletRow> {
  if (input.outletId === null) {
    const made = newOutlet(ctx, input.companyId, input.facts)
    await insertOutlet(tx, made)
    return made
  }
  const before = await lockDeskOutlet(tx, ctx, input.outletId)
  if (before.companyId !== input.companyId)
    throw new AppError('not_found', { detail: `outlet ${before.id} of ${input.companyId}` })
  if (before.version !== input.basedOn) throw new AppError('outlet_changed')
  const after: OutletRow = {
    ...before,
    ...saidOf(input.facts),
    version: before.version + 1,
    updatedAt: ctx.clock.now(),
  }
  await updateOutlet(tx, after)
  return after
}
