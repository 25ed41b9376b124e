import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { listReplies, type ReplyTemplate } from './list-replies'
import { checkReplyText } from './reply-words'
import { deleteReply, findReply, insertReply, updateReply } from './store'

/**
 * Makes, changes or throws away a reply template. One for every company belongs to those who see every company.
 * Errors: not_found outside my scope, forbidden, invalid_input for a variable that we do not have.
 */
export async function saveReply(
  ctx: Ctx,
  input: {
    templateId: string | null
    companyId: string | null
    title: string
    text: string | null
    typeIds: readonly string[]
  },
): Promise<ReplyTemplate[]> {
  const me = staffOf(ctx)
  const { templateId, text } = input
  assertMine(ctx, input.companyId)
  if (text !== null) checkReplyText(text)
  await inTransaction(ctx, async (tx) => {
    const before = templateId === null ? null : await findReply(tx, templateId)
    if (templateId !== null && !before) throw new AppError('not_found')
    if (before) assertMine(ctx, before.companyId)
    if (text === null) {
      if (before) await deleteReply(tx, before.id)
      return
    }
    const now = ctx.clock.now()
    const row = {
      id: before?.id ?? ctx.ids.next(),
      companyId: input.companyId,
      title: input.title,
      text,
      typeIds: JSON.stringify(input.typeIds),
      updatedById: me.id,
      createdAt: before?.createdAt ?? now,
      updatedAt: now,
    }
    await (before ? updateReply(tx, row) : insertReply(tx, row))
  })
  return listReplies(ctx, {})
}

function assertMine(ctx: Ctx, companyId: string | null): void {
  const { companies } = staffOf(ctx)
  if (companies === null) {
    if (companyId !== null && !ctx.config.companies.some(({ id }) => id === companyId))
      throw new AppError('not_found', { detail: 'no such company' })
    return
  }
  if (companyId === null)
    throw new AppError('forbidden', { message: '全公司通用的模板由管理所有公司的主管维护。' })
  if (!companies.includes(companyId)) throw new AppError('not_found', { detail: 'company out of scope' })
}
