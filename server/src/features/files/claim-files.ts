import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { FileRow } from './entities'
import { belongsTo } from './policy'
import { lockFiles, setClaim } from './store'

/**
 * Attaches files to something, such as `request:<id>`, for good; the rows come in the order asked for. A repeat by the
 * same claim is no fault. Errors: `not_found` for a file that is not this owner's or is attached elsewhere,
 * `files_not_ready` while one is still coming or being decoded, or was refused.
 */
export async function claimFiles(
  tx: Tx,
  ctx: Ctx,
  input: {
    readonly fileIds: readonly string[]
    readonly owner: { readonly kind: 'resident' | 'staff'; readonly id: string }
    readonly claim: string
  },
): Promise<FileRow[]> {
  const { owner, claim } = input
  const wanted = [...new Set(input.fileIds)]
  if (wanted.length === 0) return []
  const rows = new Map((await lockFiles(tx, wanted)).map((row) => [row.id, row]))
  const found: FileRow[] = []
  for (const id of wanted) {
    const row = rows.get(id)
    const free = row !== undefined && (row.claim === null || row.claim === claim)
    if (!free || row.state === 'discarded' || !(await belongsTo(tx, row, owner)))
      throw new AppError('not_found', {
        message: '有照片或录音找不到了，请删掉后重新上传。',
        detail: `file ${id}`,
      })
    if (row.state === 'refused')
      throw new AppError('files_not_ready', { message: '有照片或录音没有通过处理，请删掉后再提交。' })
    if (row.state !== 'ready') throw new AppError('files_not_ready')
    found.push({ ...row, claim })
  }
  await setClaim(tx, wanted, claim, ctx.clock.now())
  return found
}
