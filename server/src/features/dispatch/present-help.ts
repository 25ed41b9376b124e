import { type Ctx, staffOf } from '../../platforms/context'
import { filesByIds, presentFile } from '../files'
import type { FieldOrder } from './schema'
import { helpMessagesOf } from './store'

export interface HelpMessage {
  readonly id: string
  readonly at: number
  readonly byName: string
  readonly mine: boolean
  readonly words: string
  readonly files: Omit<FieldOrder['files'][number], 'role'>[]
}

/** The talk on an order, oldest first, as the person who asks sees it. Whether they may was judged before. */
export async function presentThread(ctx: Ctx, requestId: string): Promise<HelpMessage[]> {
  const rows = await helpMessagesOf(ctx.db.reader, requestId)
  const idsOf = (fileIds: string): string[] => JSON.parse(fileIds) as string[]
  const files = await filesByIds(
    ctx.db.reader,
    rows.flatMap((row) => idsOf(row.fileIds)),
  )
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    byName: row.byName,
    mine: row.byId === staffOf(ctx).id,
    words: row.words,
    files: idsOf(row.fileIds).flatMap((id) => {
      const file = files.get(id)
      return file ? [presentFile(ctx, file, { path: `/attachments/requests/${requestId}` })] : []
    }),
  }))
}
