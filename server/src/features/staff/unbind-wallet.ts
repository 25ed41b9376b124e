import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import * as shape from '../../core/http/shapes'
import { type Ctx, staffOf } from '../../platforms/context'
import { lockAccount, saveAccount, savePresence } from './account-store'

/** Takes my wallet off my staff account; from the next request on it is a resident's again. */
export async function unbindWallet(ctx: Ctx): Promise<{ done: true }> {
  await inTransaction(ctx, async (tx) => {
    const account = await lockAccount(tx, staffOf(ctx).id)
    if (!account) throw new AppError('not_found')
    await saveAccount(tx, ctx, { ...account, walletResidentId: null })
    await savePresence(tx, account.id, 'offline')
  })
  return shape.isDone
}
