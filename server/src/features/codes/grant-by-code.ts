import { recordAudit } from '../../core/audit'
import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { grantVisit } from '../households'
import { assertActive } from './find-code'
import { lockCode } from './store'

export interface Visit {
  readonly householdId: string
  readonly until: number
}

/** Looks at the code again under its lock, so that no visit begins after its code was revoked. */
export async function grantByCode(tx: Tx, ctx: Ctx, codeId: string, residentId: string): Promise<Visit> {
  const code = await lockCode(tx, codeId)
  if (code === null) throw new AppError('code_unknown')
  const { householdId } = assertActive(ctx, code)
  const until = visitEnd(ctx)
  await grantVisit(tx, { residentId, householdId, codeId, until })
  await recordAudit(tx, ctx, {
    action: 'codes.visit',
    actor: `resident:${residentId}`,
    object: `household:${householdId}`,
    detail: { codeId },
  })
  return { householdId, until }
}

export function visitEnd(ctx: Ctx): number {
  return ctx.clock.now() + ctx.config.codes.visitMinutes * 60_000
}
