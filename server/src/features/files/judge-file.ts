import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { judge } from './store'

/**
 * A person's word on a file that the content check hides: `pass` shows it to everybody who may see what it is attached
 * to, `risky` keeps it from them for good. The calling feature has checked that this staff member may see what `claim`
 * names. Errors: `not_found` when the file is not attached there or was never checked.
 */
export async function judgeFile(
  tx: Tx,
  ctx: Ctx,
  input: { readonly fileId: string; readonly claim: string; readonly verdict: 'pass' | 'risky' },
): Promise<void> {
  const judged = await judge(tx, input.fileId, {
    from: ['pending', 'review', 'risky', 'pass'],
    to: input.verdict,
    label: null,
    by: `staff:${staffOf(ctx).id}`,
    claim: input.claim,
  })
  if (!judged) throw new AppError('not_found')
}
