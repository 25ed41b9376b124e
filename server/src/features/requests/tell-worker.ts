import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import type { Actor } from './actor'
import type { RequestRow } from './entities'
import type { MoveName } from './states'
import { stepsOf } from './step-store'
import { tellStaff } from './tell-people'
import { isSent } from './turns'

/** What takes an order out of a worker's hands, or gives it back to them; at most five characters for the template. */
const WORDS: Partial<Record<MoveName, string>> = {
  cancel: '已撤销',
  merge: '已合并',
  return: '已收回',
  reopen: '重新处理',
  split: '恢复处理',
}

/**
 * Tells the worker who was sent that others changed what is theirs to do, so that nobody drives to a house that waits
 * for nobody. What the portal does by itself is told by whoever lets it; a worker is not told their own acts.
 */
export async function tellWorker(
  tx: Tx,
  ctx: Ctx,
  done: {
    readonly before: RequestRow
    readonly moved: RequestRow
    readonly move: MoveName
    readonly by: Actor
    readonly said: string | null
    readonly stepId: string
  },
): Promise<void> {
  const { before, moved, move, by } = done
  const what = move === 'cancel' && by.kind === 'resident' ? '住户撤销了' : WORDS[move]
  if (what === undefined || before.assigneeId === null || before.assigneeId === by.id) return
  if (by.kind === 'system' && move !== 'split') return
  const earlier = (await stepsOf(tx, before.id)).filter((step) => step.id !== done.stepId)
  if (!isSent(earlier)) return
  await tellStaff(tx, ctx, {
    request: moved,
    staffIds: [before.assigneeId],
    what,
    remark: done.said ?? before.areaName,
    key: done.stepId,
  })
}
