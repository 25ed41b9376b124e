import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, personOf } from '../../platforms/context'
import { deleteBytes } from './delete-bytes'
import { ownFile } from './policy'
import { discardLoose } from './store'

/** Throws a file of mine away. One that is attached to something stays: then it is part of the record. */
export async function discardFile(ctx: Ctx, input: { readonly fileId: string }): Promise<void> {
  const row = await ownFile(ctx.db.reader, ctx, input.fileId)
  const person = personOf(ctx)
  await inTransaction(ctx, async (tx) => {
    if (!(await discardLoose(tx, row.id, ctx.clock.now())))
      throw new AppError('not_found', { message: '这个文件已经提交了，不能再删除。' })
    // What somebody at work does is audited at the edge.
    if (person.kind === 'resident')
      await recordAudit(tx, ctx, { action: 'files.discard', object: `file:${row.id}` })
  })
  await deleteBytes(ctx, row)
}
