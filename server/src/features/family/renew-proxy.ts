import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { monthsLater } from './answer-proxy'
import { insertConsent, lockProxy, saveProxy } from './store'
import { CONSENT } from './words'

/** Only whoever agreed may let it go on, from today. Errors: not_found, proxy_gone when it is over. */
export async function renewProxy(
  ctx: Ctx,
  input: { readonly proxyId: string; readonly months: number },
): Promise<{ until: number }> {
  const resident = residentOf(ctx)
  const aliases = await residentAliases(ctx.db.reader, resident.id)
  return inTransaction(ctx, async (tx) => {
    const row = await lockProxy(tx, input.proxyId)
    const isMine = typeof row?.principalResidentId === 'string' && aliases.includes(row.principalResidentId)
    if (!row || !isMine || row.householdId === null) throw new AppError('not_found', { detail: 'proxy' })
    if (row.state !== 'active') throw new AppError('proxy_gone')
    const now = ctx.clock.now()
    const until = monthsLater(now, input.months)
    await saveProxy(tx, { ...row, until })
    await insertConsent(tx, {
      id: ctx.ids.next(),
      proxyId: row.id,
      householdId: row.householdId,
      granted: 1,
      residentId: resident.id,
      staffId: null,
      method: 'wallet',
      purpose: 'act-for-me',
      version: CONSENT.version,
      textSha256: CONSENT.textSha256,
      channel: resident.channel,
      at: now,
    })
    await recordAudit(tx, ctx, {
      action: 'family.renew-proxy',
      object: `household:${row.householdId}`,
      detail: { proxyId: row.id, until },
    })
    return { until }
  })
}
