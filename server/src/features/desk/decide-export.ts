import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { coversArea } from '../staff'
import type { ExportRow } from './entities'
import { WAITS_MS } from './export-inbox'
import { lockExport, saveDecision } from './export-store'

/**
 * A second person's word on a large export (security.md C25): never the asker's own, and only by somebody who sees all
 * that is in it. Errors: not_found outside my scope or when it waits no more, forbidden for one's own.
 */
export async function decideExport(
  ctx: Ctx,
  input: { readonly exportId: string; readonly approve: boolean; readonly words?: string | undefined },
): Promise<void> {
  const me = staffOf(ctx)
  if (!input.approve && !input.words)
    throw new AppError('invalid_input', {
      message: '请写明为什么不批准。',
      fields: [{ path: 'words', message: '请写明为什么不批准' }],
    })
  const now = ctx.clock.now()
  await inTransaction(ctx, async (tx) => {
    const found = await lockExport(tx, input.exportId)
    if (!found || !mayDecide(ctx, found)) throw new AppError('not_found')
    if (found.staffId === me.id)
      throw new AppError('forbidden', { message: '自己申请的导出要由另一位同事批准。' })
    const decided = await saveDecision(tx, found.id, {
      state: input.approve ? 'approved' : 'refused',
      byId: me.id,
      byName: me.name,
      at: now,
      words: input.words ?? null,
      expiresAt: now + WAITS_MS,
    })
    if (!decided || found.expiresAt <= now)
      throw new AppError('not_found', { message: '这个导出申请已经处理过或已过期，请刷新。' })
  })
}

/** Whoever approves must be allowed to see every row of it themselves. */
export function mayDecide(ctx: Ctx, row: Pick<ExportRow, 'companies' | 'areaPaths'>): boolean {
  const { companies, areaPaths } = staffOf(ctx)
  const asked = JSON.parse(row.companies) as string[]
  if (companies !== null && !asked.every((id) => companies.includes(id))) return false
  if (areaPaths === null) return true
  const pieces = row.areaPaths === null ? null : (JSON.parse(row.areaPaths) as string[])
  return pieces !== null && pieces.every((piece) => coversArea(areaPaths, piece))
}
