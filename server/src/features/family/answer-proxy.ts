import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import { bindMember, mayAt, type MemberRow, membersAmong } from '../households'
import { residentAliases } from '../identity'
import type { ProxyRow } from './entities'
import { insertConsent, insertProxy, lockProxy, proxyByToken, saveProxy } from './store'
import { CONSENT } from './words'

export interface Answer {
  readonly token: string
  readonly agree: boolean
  readonly householdIds: readonly string[]
  readonly version: string
  readonly textSha256: string
}

/** The same day so many months later. */
export function monthsLater(from: number, months: number): number {
  const day = new Date(from)
  day.setUTCMonth(day.getUTCMonth() + months)
  return day.getTime()
}

/**
 * Agrees for these of my households, or refuses. What was shown must be what is kept as agreed to. Errors: proxy_gone,
 * proxy_own, not_found for a household that is not mine to let anybody into, invalid_input.
 */
export async function answerProxy(ctx: Ctx, input: Answer): Promise<void> {
  const { id: residentId } = residentOf(ctx)
  const known = await proxyByToken(ctx.db.reader, sha256(input.token))
  if (known === null) throw new AppError('proxy_gone')
  const aliases = await residentAliases(ctx.db.reader, residentId)
  if (aliases.includes(known.agentResidentId)) throw new AppError('proxy_own')
  if (input.agree && (input.version !== CONSENT.version || input.textSha256 !== CONSENT.textSha256))
    throw new AppError('invalid_input', { message: '同意书有更新，请重新打开链接看过再确认。' })
  const ids = [...new Set(input.householdIds)]
  if (input.agree && ids.length === 0)
    throw new AppError('invalid_input', { message: '请选择由他代办的住址。' })
  await inTransaction(ctx, async (tx) => {
    const row = await lockProxy(tx, known.id)
    const now = ctx.clock.now()
    if (row?.state !== 'asked' || Number(row.askExpiresAt) <= now) throw new AppError('proxy_gone')
    if (!input.agree) {
      const refused = { ...row, state: 'refused' as const, endedAt: now, endedBy: 'principal' as const }
      await saveProxy(tx, { ...refused, principalResidentId: residentId })
      await recordAudit(tx, ctx, { action: 'family.refuse-proxy', object: `proxy:${row.id}` })
      return
    }
    const mine = await membersAmong(tx, aliases)
    for (const [index, householdId] of ids.entries()) {
      const principal = mine.find((one) => one.householdId === householdId && mayAt(one, 'consent'))
      if (principal === undefined) throw new AppError('not_found', { detail: 'household to consent for' })
      const id = index === 0 ? row.id : ctx.ids.next()
      if (index > 0) await insertProxy(tx, { ...row, id, tokenHash: null })
      await grant(tx, ctx, { ...row, id, householdId }, principal)
    }
  })
}

/** Consent and the right that follows from it, in one transaction; the row is there already. */
export async function grant(
  tx: Tx,
  ctx: Ctx,
  row: ProxyRow & { readonly householdId: string },
  principal: MemberRow | null,
): Promise<void> {
  const now = ctx.clock.now()
  const { householdId, agentResidentId } = row
  const binding = await bindMember(tx, ctx, {
    residentId: agentResidentId,
    householdId,
    role: 'proxy',
    proof: 'consent',
  })
  if (binding.role !== 'proxy')
    throw new AppError('move_not_allowed', { message: '对方已经是这一户的成员，不用再代办。' })
  await saveProxy(tx, {
    ...row,
    agentBindingId: binding.id,
    principalResidentId: principal?.residentId ?? null,
    principalBindingId: principal?.id ?? null,
    state: 'active',
    startedAt: now,
    until: monthsLater(now, row.months),
  })
  await insertConsent(tx, {
    id: ctx.ids.next(),
    proxyId: row.id,
    householdId,
    granted: 1,
    residentId: principal?.residentId ?? null,
    staffId: null,
    method: row.method,
    purpose: 'act-for-me',
    version: CONSENT.version,
    textSha256: CONSENT.textSha256,
    channel: ctx.resident?.channel ?? 'portal',
    at: now,
  })
  await recordAudit(tx, ctx, {
    action: 'family.grant-proxy',
    object: `household:${householdId}`,
    detail: { proxyId: row.id, method: row.method, version: CONSENT.version },
  })
}
