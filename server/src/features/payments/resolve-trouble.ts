import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { ExceptionRow } from './entities'
import { troublesScope } from './troubles-scope'
import { findPosting, hasOpenRefund, lockException, saveResolution } from './troubles-store'

/**
 * Takes an exception off the list with what was done about it; order, ledger and bills stay as they are. What is still
 * being tried by itself cannot be settled, because nobody would be told how it ended. Errors: not_found outside my
 * scope or when somebody settled it before, move_not_allowed.
 */
export async function resolveTrouble(
  ctx: Ctx,
  input: { readonly exceptionId: string; readonly note: string },
): Promise<void> {
  const me = staffOf(ctx)
  const scope = troublesScope(ctx)
  if (!scope) throw new AppError('not_found')
  await inTransaction(ctx, async (tx) => {
    const row = await lockException(tx, scope, input.exceptionId)
    if (!row) throw new AppError('not_found')
    await assertEnded(tx, row)
    const at = ctx.clock.now()
    if (!(await saveResolution(tx, row.id, { at, byId: me.id, byName: me.name, note: input.note })))
      throw new AppError('not_found', { message: '这条异常已经有人处理过，请刷新。' })
  })
}

async function assertEnded(tx: Tx, row: ExceptionRow): Promise<void> {
  if (row.code === 'refund_stuck' && row.paymentId !== null && (await hasOpenRefund(tx, row.paymentId)))
    throw new AppError('move_not_allowed', {
      message: '这笔退款系统还在继续退，退成功或平台明确拒绝后才能了结。',
    })
  const posting = row.writebackId === null ? null : await findPosting(tx, row.writebackId)
  if (posting?.state === 'due')
    throw new AppError('move_not_allowed', {
      message: '这笔入账系统还在继续送，送成功或不再送后才能了结；可以先点“再送一次”。',
    })
}
