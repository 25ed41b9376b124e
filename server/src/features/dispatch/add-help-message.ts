import type { Tx } from '../../core/db/database'
import { type Ctx, staffOf } from '../../platforms/context'
import { actorOf, addStep, type RequestRow } from '../requests'
import { insertHelpMessage } from './store'

/**
 * One line of the talk on an order. Its photos become the order's own, internal ones, so that whoever may see the
 * order's files may see these. The caller holds the request's lock. Errors: files_not_ready, not_found.
 */
export async function addHelpMessage(
  tx: Tx,
  ctx: Ctx,
  message: {
    readonly request: RequestRow
    readonly words: string
    readonly fileIds: readonly string[]
    readonly title: string
  },
): Promise<void> {
  const by = staffOf(ctx)
  const { request, words, title } = message
  const fileIds = [...new Set(message.fileIds)]
  await addStep(tx, ctx, {
    request,
    kind: 'help',
    title,
    words: words === '' ? null : words,
    internal: true,
    by: actorOf(ctx),
    fileIds,
    fileRole: 'note',
  })
  await insertHelpMessage(tx, {
    id: ctx.ids.next(),
    requestId: request.id,
    at: ctx.clock.now(),
    byId: by.id,
    byName: by.name,
    words,
    fileIds: JSON.stringify(fileIds),
  })
}
