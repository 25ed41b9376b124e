import { recordAudit } from '../../core/audit'
import { inTransaction, type Tx } from '../../core/db/database'
import { AppError, isAppError } from '../../core/errors'
import { type Ctx, residentOf } from '../../platforms/context'
import { defineSchedule } from '../../platforms/feature'
import { assertMay, endMember, findMember, type MemberRow } from '../households'
import { residentAliases } from '../identity'
import type { ProxyConsentRow, ProxyRow } from './entities'
import { activeProxies, findProxy, insertConsent, lockProxy, proxiesOfHousehold, saveProxy } from './store'
import { CONSENT } from './words'

type EndedBy = NonNullable<ProxyRow['endedBy']>
const METHODS: Readonly<Record<EndedBy, ProxyConsentRow['method']>> = {
  principal: 'wallet',
  agent: 'wallet',
  owner: 'wallet',
  staff: 'staff',
  expired: 'time',
  household: 'time',
}

/** Ends the right and the binding by which it was used, in one transaction. False when it was over already. */
export async function endOne(tx: Tx, ctx: Ctx, proxyId: string, by: EndedBy): Promise<boolean> {
  const row = await lockProxy(tx, proxyId)
  if (row?.state !== 'active' || row.householdId === null) return false
  const now = ctx.clock.now()
  await saveProxy(tx, { ...row, state: 'ended', endedAt: now, endedBy: by })
  const binding = row.agentBindingId === null ? null : await findMember(tx, row.agentBindingId)
  if (binding?.role === 'proxy') await endMember(tx, ctx, binding.id)
  await insertConsent(tx, {
    id: ctx.ids.next(),
    proxyId: row.id,
    householdId: row.householdId,
    granted: 0,
    residentId: ctx.resident?.id ?? null,
    staffId: ctx.staff?.id ?? null,
    method: METHODS[by],
    purpose: 'act-for-me',
    version: CONSENT.version,
    textSha256: CONSENT.textSha256,
    channel: ctx.resident?.channel ?? 'portal',
    at: now,
  })
  await recordAudit(tx, ctx, {
    action: 'family.end-proxy',
    object: `household:${row.householdId}`,
    detail: { proxyId: row.id, by },
  })
  return true
}

/** What hangs on a member who is out: acting as an agent, and letting others act. */
export async function endWithBinding(
  tx: Tx,
  ctx: Ctx,
  member: Pick<MemberRow, 'id' | 'householdId'>,
  by: EndedBy,
): Promise<void> {
  const rows = await proxiesOfHousehold(tx, member.householdId)
  for (const row of rows)
    if (row.agentBindingId === member.id || row.principalBindingId === member.id)
      await endOne(tx, ctx, row.id, by)
}

/** Either side ends it at once, and so may an owner of the household. Errors: not_found. */
export async function endProxy(ctx: Ctx, input: { readonly proxyId: string }): Promise<void> {
  const { id: residentId } = residentOf(ctx)
  const row = await findProxy(ctx.db.reader, input.proxyId)
  if (row === null || row.householdId === null) throw new AppError('not_found', { detail: 'proxy' })
  const aliases = await residentAliases(ctx.db.reader, residentId)
  const by = aliases.includes(row.agentResidentId)
    ? 'agent'
    : row.principalResidentId !== null && aliases.includes(row.principalResidentId)
      ? 'principal'
      : await ownerOf(ctx, residentId, row.householdId)
  await inTransaction(ctx, (tx) => endOne(tx, ctx, row.id, by))
}

async function ownerOf(ctx: Ctx, residentId: string, householdId: string): Promise<'owner'> {
  try {
    await assertMay(ctx, residentId, householdId, 'manage')
    return 'owner'
  } catch (error) {
    // Whoever lives there sees who acts there; an owner alone may end what others agreed to.
    if (isAppError(error, 'not_found')) throw new AppError('not_found', { detail: 'proxy of others' })
    throw error
  }
}

const PAGE = 200

/** Ends what has run out, and what hung on a binding that is gone. */
export const endProxiesOften = defineSchedule({
  name: 'family.end-proxies',
  everyMs: 30_000,
  run: async (ctx) => {
    let after = ''
    for (;;) {
      const rows = await activeProxies(ctx.db.reader, after, PAGE)
      for (const row of rows) {
        const by = await reasonToEnd(ctx, row)
        if (by !== null) await inTransaction(ctx, (tx) => endOne(tx, ctx, row.id, by))
      }
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE) return
      after = last.id
    }
  },
})

async function reasonToEnd(ctx: Ctx, row: ProxyRow): Promise<EndedBy | null> {
  if (Number(row.until) <= ctx.clock.now()) return 'expired'
  const { reader } = ctx.db
  const bindings = [row.agentBindingId, row.principalBindingId].filter((id) => id !== null)
  for (const id of bindings) if ((await findMember(reader, id)) === null) return 'household'
  return null
}
