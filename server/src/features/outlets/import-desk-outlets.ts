import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { assertDeskCompany } from './desk-scope'
import { hoursFaults } from './hours'
import { newOutlet, saidOf } from './row-of'
import type { OutletFacts } from './schema'
import { insertOutlet, outletsOf, updateOutlet } from './store'

interface Counted {
  added: number
  changed: number
  same: number
}

/**
 * Takes a company's whole list: outlets are known by their names, all of the list comes in or none of it, and what is
 * not in the list stays. Errors: not_found, invalid_input with each fault and its place in the list.
 */
export async function importDeskOutlets(
  ctx: Ctx,
  { companyId, outlets }: { companyId: string; outlets: readonly OutletFacts[] },
): Promise<Counted> {
  assertDeskCompany(ctx, companyId)
  const fields = outlets.flatMap((facts, index) => [
    ...hoursFaults(facts.hours).map(({ path, message }) => ({ path: `outlets.${index}.${path}`, message })),
    ...(outlets.findIndex(({ name }) => name === facts.name) < index
      ? [{ path: `outlets.${index}.name`, message: '名单里有两个同名网点' }]
      : []),
  ])
  if (fields.length > 0) throw new AppError('invalid_input', { fields })
  return inTransaction(ctx, (tx) => takeAll(tx, ctx, companyId, outlets))
}

/** Also how the demo's file comes in. */
export async function takeAll(
  tx: Tx,
  ctx: Ctx,
  companyId: string,
  outlets: readonly OutletFacts[],
): Promise<Counted> {
  const known = new Map((await outletsOf(tx, [companyId])).map((row) => [row.name, row]))
  const counted: Counted = { added: 0, changed: 0, same: 0 }
  for (const facts of outlets) {
    const before = known.get(facts.name)
    if (!before) {
      await insertOutlet(tx, newOutlet(ctx, companyId, facts))
      counted.added += 1
      continue
    }
    const after = { ...before, ...saidOf(facts) }
    if (JSON.stringify(after) === JSON.stringify(before)) {
      counted.same += 1
      continue
    }
    await updateOutlet(tx, { ...after, version: before.version + 1, updatedAt: ctx.clock.now() })
    counted.changed += 1
  }
  return counted
}
