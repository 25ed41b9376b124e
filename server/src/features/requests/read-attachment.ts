import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { residentAliases } from '../identity'
import { inScope, staffDoor } from '../staff'
import type { RequestRow } from './entities'
import { isMine } from './own-request'
import { findRequest } from './store'
import { findRequestFile, findStep } from './step-store'

/**
 * As whom whoever asks may see this file of a request now: as the resident whose request it is, as somebody at work
 * whose it is to handle, or as both. Errors: not_found.
 */
export async function viewersOfAttachment(
  ctx: Ctx,
  ids: { readonly requestId: string; readonly fileId: string },
): Promise<readonly Ctx[]> {
  const { reader } = ctx.db
  const [row, link] = await Promise.all([
    findRequest(reader, ids.requestId),
    findRequestFile(reader, ids.requestId, ids.fileId),
  ])
  if (!row || !link) throw notThere()
  const viewers: Ctx[] = []
  if (ctx.resident && isMine(row, await residentAliases(reader, ctx.resident.id))) {
    // Lines that are internal are no residents', and neither are their files.
    const step = await findStep(reader, link.stepId)
    if (step?.internal === 0) viewers.push({ ...ctx, staff: null })
  }
  if (ctx.staff && mayHandle(ctx.staff, row)) viewers.push(ctx)
  if (viewers.length === 0) throw notThere()
  return viewers
}

const notThere = (): AppError => new AppError('not_found', { detail: 'attachment of somebody else' })

/** Those who may open it at the desk, within their scope, and whoever was sent or could be. */
function mayHandle(staff: NonNullable<Ctx['staff']>, row: RequestRow): boolean {
  if (row.assigneeId === staff.id) return true
  if (!inScope(staff, row)) return false
  if (staffDoor.may('desk.get', staff)) return true
  return staff.roles.includes('worker') && row.teamId !== null && row.teamId === staff.teamId
}
