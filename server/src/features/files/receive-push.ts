import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { MediaVerdict, PushedMessage } from '../../platforms'
import type { Tx } from '../../core/db/database'
import { findByTrace, insertPushSeen, judge } from './store'

/**
 * Takes the verdict on a file that the platform pushed, once: it is sent again until it hears success. What has no
 * verdict is left alone. Errors: busy for a verdict that came before the answer to our question was written down; sent
 * again, it finds its file.
 */
export async function receivePush(
  ctx: Ctx,
  message: Pick<PushedMessage, 'dedupe' | 'mediaVerdict'>,
): Promise<'applied' | 'repeat' | 'ignored'> {
  const { mediaVerdict } = message
  if (mediaVerdict === null) return 'ignored'
  try {
    return await inTransaction(ctx, async (tx) => {
      await insertPushSeen(tx, message.dedupe, ctx.clock.now())
      return applyVerdict(tx, mediaVerdict)
    })
  } catch (error) {
    if (isDuplicate(error)) return 'repeat'
    throw error
  }
}

/** A clean file is shown from now on; a risky one stays hidden and is kept as evidence; else a person looks. */
async function applyVerdict(tx: Tx, given: MediaVerdict): Promise<'applied' | 'ignored'> {
  const row = await findByTrace(tx, given.traceId)
  if (!row) throw new AppError('busy', { detail: `no file waits for the check ${given.traceId} yet` })
  const applied = await judge(tx, row.id, {
    // A verdict that comes after the time was up still says more than nothing did.
    from: ['pending', ...(row.checkedBy === 'system' ? (['review'] as const) : [])],
    to: given.verdict ?? 'review',
    label: given.label,
    by: 'wechat',
  })
  return applied ? 'applied' : 'ignored'
}
