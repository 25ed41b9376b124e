import type { Ctx } from '../../platforms/context'
import { expireFiles, type KeepRule } from '../files'
import type { RequestRow } from './entities'
import type { RequestState } from './schema'
import { requestsByIds } from './store'

const OVER: readonly RequestState[] = ['closed', 'cancelled']
const CLAIM = 'request:'

/**
 * Deletes photos, recordings and signatures of requests that were closed long ago: after the configured days, or after
 * more where a rule asks for it by service type. What is open, or was merged into something open, keeps its files.
 */
export async function expireAttachments(ctx: Ctx, stopping?: AbortSignal): Promise<number> {
  const deleted = await expireFiles(
    ctx,
    { claims: CLAIM, leastDays: ctx.config.files.keepClosedDays, rule: keepRule(ctx) },
    stopping,
  )
  if (deleted > 0) ctx.log.info({ deleted }, 'requests.files-expired')
  return deleted
}

function keepRule(ctx: Ctx): KeepRule {
  return async (claims) => {
    const ids = claims.flatMap((claim) => (claim.startsWith(CLAIM) ? [claim.slice(CLAIM.length)] : []))
    const requests = await requestsByIds(ctx.db.reader, ids)
    return new Map([...requests.values()].map((request) => [`${CLAIM}${request.id}`, keepOf(ctx, request)]))
  }
}

function keepOf(ctx: Ctx, request: RequestRow): { fromMs: number; days: number } | null {
  if (!OVER.includes(request.state)) return null
  const { keepClosedDays, keepLongerDays } = ctx.config.files
  const days = Math.max(keepClosedDays, keepLongerDays[request.typeId] ?? 0)
  return { fromMs: Number(request.closedAt ?? request.updatedAt), days }
}
