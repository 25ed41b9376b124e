import { DAY_MS } from '../../core/clock'
import { inTransaction } from '../../core/db/database'
import { firstIdAt } from '../../core/ids'
import type { Ctx } from '../../platforms/context'
import { forgetAddressesBefore } from './task-store'

/** Empties the addresses of mails that are long over. */
export async function forgetAddresses(ctx: Ctx): Promise<void> {
  const before = firstIdAt(ctx.clock.now() - ctx.config.invoices.keepAddressDays * DAY_MS)
  const emptied = await inTransaction(ctx, (tx) => forgetAddressesBefore(tx, before))
  if (emptied > 0) ctx.log.info({ emptied }, 'invoices.addresses-forgotten')
}
