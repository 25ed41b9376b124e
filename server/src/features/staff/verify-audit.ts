import { sealAudit } from '../../core/audit-chain'
import { type AuditCheck, checkAudit } from '../../core/audit-check'
import type { Ctx } from '../../platforms/context'

const SHARE_OF_HANDLER_TIME = 0.6

interface Verdict extends Pick<AuditCheck, 'sealed' | 'checked' | 'waiting' | 'headHash'> {
  faults: AuditCheck['faults'][number][]
}

/**
 * Seals what waits and reckons the chain anew, for as long as a request may take; a longer chain is checked whole
 * by a schedule, in parts, every day (core/audit-check.ts).
 */
export async function verifyAudit(ctx: Ctx): Promise<Verdict> {
  const until = performance.now() + ctx.config.http.handlerTimeoutMs * SHARE_OF_HANDLER_TIME
  await sealAudit(ctx)
  const check = await checkAudit(ctx, { until: () => performance.now() > until })
  const { sealed, checked, waiting, headHash, faults } = check
  return { sealed, checked, waiting, headHash, faults: [...faults] }
}
