import { type Ctx, staffOf } from '../../platforms/context'
import type { ReplyRow } from './entities'
import { inboxScope } from './inbox-query'
import { replyFacts } from './reply-facts'
import { fillReply } from './reply-words'
import { requestInScope } from './request-in-scope'
import { repliesFor } from './store'

export interface ReplyTemplate {
  readonly id: string
  readonly companyId: string | null
  readonly title: string
  readonly text: string
  readonly typeIds: string[]
  /** With the facts of the request that was named; null without one. */
  readonly filled: string | null
}

/**
 * Reply templates of my companies. With a request: those of its company and type, filled in from it. Errors: not_found.
 */
export async function listReplies(
  ctx: Ctx,
  input: { companyId?: string | undefined; requestId?: string | undefined },
): Promise<ReplyTemplate[]> {
  const { companies } = inboxScope(ctx, input.companyId)
  if (input.requestId === undefined)
    return (await repliesFor(ctx.db.reader, companies)).map((row) => presentReply(row, null))
  const request = await requestInScope(ctx, input.requestId)
  const [rows, facts] = await Promise.all([
    repliesFor(ctx.db.reader, [request.companyId]),
    replyFacts(ctx, request, staffOf(ctx).name),
  ])
  return rows
    .map((row) => presentReply(row, fillReply(row.text, facts)))
    .filter(({ typeIds }) => typeIds.length === 0 || typeIds.includes(request.typeId))
}

function presentReply(row: ReplyRow, filled: string | null): ReplyTemplate {
  const { id, companyId, title, text } = row
  return { id, companyId, title, text, typeIds: JSON.parse(row.typeIds) as string[], filled }
}
