import type { Context } from 'koa'
import { AppError, isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { deliverFile } from '../files'
import { inScope, staffDoor } from '../staff'
import { ownReading } from './own-reading'
import { findReading } from './store'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The photo of a meter. Who may see the reading is asked now, whatever an address says that was made before. */
export const photoRoute: RawRoute = {
  name: 'readings.photo',
  method: 'GET',
  path: '/attachments/readings/:readingId/:fileId',
  kind: 'person',
  handle: async (koa, ctx) => {
    const { readingId, fileId } = koa['params'] as Record<string, unknown>
    const id = text(readingId)
    const viewers = await viewersOf(ctx, id)
    for (const [index, viewer] of viewers.entries()) {
      try {
        await deliver(koa, viewer, { id, fileId: text(fileId) })
        return
      } catch (error) {
        // The address was made for one of the two that a person may be.
        if (index === viewers.length - 1 || !isAppError(error)) throw error
      }
    }
  },
}

function deliver(koa: Context, ctx: Ctx, { id, fileId }: { id: string; fileId: string }): Promise<void> {
  return deliverFile(koa, ctx, { fileId, query: koa.query, claim: `reading:${id}` })
}

/** As whom whoever asks may see it: as a resident, as somebody at work, or as both. Errors: not_found. */
async function viewersOf(ctx: Ctx, readingId: string): Promise<readonly Ctx[]> {
  const row = await findReading(ctx.db.reader, readingId)
  const viewers: Ctx[] = []
  if (ctx.resident && (await isTheirs(ctx, ctx.resident.id, readingId))) viewers.push({ ...ctx, staff: null })
  if (row && ctx.staff && staffDoor.may('readingDesk.get', ctx.staff) && inScope(ctx.staff, row))
    viewers.push(ctx)
  if (viewers.length === 0) throw new AppError('not_found', { detail: 'photo of another reading' })
  return viewers
}

async function isTheirs(ctx: Ctx, residentId: string, readingId: string): Promise<boolean> {
  try {
    await ownReading(ctx, residentId, readingId)
    return true
  } catch (error) {
    if (isAppError(error, 'not_found')) return false
    throw error
  }
}
