import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { findAccount } from './account-store'
import { presentMe } from './present'
import type { StaffMe } from './schema'

export async function readMe(ctx: Ctx): Promise<{ me: StaffMe }> {
  const account = await findAccount(ctx.db.reader, staffOf(ctx).id)
  if (!account) throw new AppError('unauthenticated')
  return { me: presentMe(ctx, account) }
}
