import { inTransaction } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { actorOf, addStep } from '../requests'
import { lockForDesk } from './lock-for-desk'

/** Writes something for colleagues; residents never see it. Errors: not_found, files_not_ready. */
export async function noteRequest(
  ctx: Ctx,
  input: { requestId: string; words: string; fileIds: readonly string[] },
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const request = await lockForDesk(tx, ctx, input.requestId)
    await addStep(tx, ctx, {
      request,
      kind: 'note',
      title: '内部备注',
      words: input.words,
      internal: true,
      by: actorOf(ctx),
      fileIds: input.fileIds,
      fileRole: 'note',
    })
  })
}
