import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import type { ProxyRow } from './entities'
import type { Relation } from './schema'
import { shareLink } from './share-link'
import { insertProxy } from './store'

export interface Ask {
  readonly relation: Relation
  readonly agentName: string
  readonly months: 3 | 6 | 12
}
const ASK_MS = 3 * 86_400_000
const PER_DAY = { limit: 10, windowMs: 86_400_000 }

/** A row that nobody agreed to yet. */
export function askedRow(
  ctx: Ctx,
  ask: Ask,
  how: { method: ProxyRow['method']; token: string | null },
): ProxyRow {
  const now = ctx.clock.now()
  return {
    id: ctx.ids.next(),
    householdId: null,
    agentResidentId: residentOf(ctx).id,
    agentBindingId: null,
    principalResidentId: null,
    principalBindingId: null,
    relation: ask.relation,
    agentNameSealed: ctx.vault.seal(ask.agentName),
    tokenHash: how.token === null ? null : sha256(how.token),
    method: how.method,
    state: 'asked',
    months: ask.months,
    askedAt: now,
    askExpiresAt: now + ASK_MS,
    startedAt: null,
    until: null,
    endedAt: null,
    endedBy: null,
  }
}

/** Asks to act for somebody, who answers in their own wallet. Nothing is shown or allowed until they agree. */
export async function askProxy(
  ctx: Ctx,
  input: Ask,
): Promise<{ proxyId: string; expiresAt: number; token: string; link: string; qr: string }> {
  await ctx.limiter.take(`family-ask:${residentOf(ctx).id}`, PER_DAY)
  const token = ctx.ids.token(16)
  const row = askedRow(ctx, input, { method: 'wallet', token })
  await inTransaction(ctx, async (tx) => {
    await insertProxy(tx, row)
    await recordAudit(tx, ctx, { action: 'family.ask-proxy', object: `proxy:${row.id}` })
  })
  return { proxyId: row.id, expiresAt: row.askExpiresAt, token, ...(await shareLink(ctx, 'answer', token)) }
}
