import { sealAudit } from '../../core/audit-chain'
import { type AuditCheck, checkAudit } from '../../core/audit-check'
import type { Ctx } from '../../platforms/context'

const SHARE_OF_HANDLER_TIME = 0.6

/**
 * Seals what waits and reckons the chain anew, for as long as a request may take; a longer chain is checked whole
 * every night (core/audit-check.ts).
 */
export async function verifyAudit(
  ctx: Ctx,
): Promise<AuditCheck & { faults: AuditCheck['faults'][number][] }> {
  const until = performance.now() + ctx.config.http.handlerTimeoutMs * SHARE_OF_HANDLER_TIME
  await sealAudit(ctx)
  const check = await checkAudit(ctx, () => performance.now() > until)
  return { ...check, faults: [...check.faults] }
}
