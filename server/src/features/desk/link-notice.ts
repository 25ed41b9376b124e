import { inTransaction, type Tx } from '../../core/db/database'
import { AppError, isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { coversPlace, mayRead } from '../notices'
import { actorOf, addStep, joinNotice } from '../requests'
import { lockForDesk } from './lock-for-desk'

interface LinkInput {
  readonly requestIds: readonly string[]
  readonly noticeId: string
  readonly reason?: string | undefined
}

/**
 * Makes requests of my scope part of a live outage of their company, each by itself: what is refused for one is told in
 * words and stops no other. One whose home the outage does not cover needs a reason, which colleagues read in its
 * timeline: its promises rest with the outage, and nobody is sent. 拆分 takes one out again.
 */
export async function linkNotice(
  ctx: Ctx,
  input: LinkInput,
): Promise<{ requestId: string; refused: string | null }[]> {
  const results: { requestId: string; refused: string | null }[] = []
  const isReadable = await mayRead(ctx, input.noticeId)
  for (const requestId of new Set(input.requestIds)) {
    try {
      await inTransaction(ctx, (tx) => linkOne(tx, ctx, requestId, { ...input, isReadable }))
      results.push({ requestId, refused: null })
    } catch (error) {
      if (!isAppError(error)) throw error
      results.push({ requestId, refused: error.message })
    }
  }
  return results
}

async function linkOne(
  tx: Tx,
  ctx: Ctx,
  requestId: string,
  { noticeId, reason, isReadable }: LinkInput & { readonly isReadable: boolean },
): Promise<void> {
  const request = await lockForDesk(tx, ctx, requestId)
  const by = actorOf(ctx)
  const isCovered = await coversPlace(tx, noticeId, request)
  // Of an outage that covers none of my places I know nothing, so I cannot judge that this is part of it.
  if (!isCovered && !isReadable) throw new AppError('notice_over')
  const joined = await joinNotice(tx, ctx, { request, noticeId, by })
  if (isCovered) return
  if (reason === undefined) throw new AppError('outage_elsewhere')
  await addStep(tx, ctx, {
    request: joined,
    kind: 'note',
    title: '并入停供范围以外的一单',
    words: reason,
    internal: true,
    by,
  })
}
