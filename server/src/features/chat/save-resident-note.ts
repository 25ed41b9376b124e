import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { insertNote, saveNote } from './desk-store'
import { lockAtDesk } from './lock-at-desk'

/**
 * Keeps words about this resident for the next time, changes a note of mine, or throws it away. Errors: not_found,
 * invalid_input where nothing is said or nobody is known.
 */
export async function saveResidentNote(
  ctx: Ctx,
  input: { readonly conversationId: string; readonly noteId: string | null; readonly words: string | null },
): Promise<void> {
  const staff = staffOf(ctx)
  await inTransaction(ctx, async (tx) => {
    const { conversation } = await lockAtDesk(tx, ctx, input.conversationId)
    const { companyId, residentId } = conversation
    const at = ctx.clock.now()
    const words = input.words === '' ? null : input.words
    if (input.noteId !== null) {
      const note = { id: input.noteId, companyId, byId: staff.id }
      const kept = await saveNote(tx, note, words === null ? { removedAt: at } : { words })
      if (!kept) throw new AppError('not_found', { message: '没有找到您写的这条备注，请刷新。' })
      return
    }
    if (words === null || residentId === null)
      throw new AppError('invalid_input', {
        message: residentId === null ? '对方没有登录过，不能记备注。' : '请写下要记的内容。',
        fields: [{ path: 'words', message: '请写下要记的内容' }],
      })
    await insertNote(tx, {
      id: ctx.ids.next(),
      residentId,
      companyId,
      words,
      byId: staff.id,
      byName: staff.name,
      at,
      removedAt: null,
    })
  })
}
