import { companyOf } from '../../core/config/companies'
import { sha256 } from '../../core/ids'
import { type Ctx, residentOf } from '../../platforms/context'
import { householdsOf, membersAmong, mayAt } from '../households'
import { phoneOf, residentAliases } from '../identity'
import { proxyByToken } from './store'
import { CONSENT } from './words'

/** Who asks to act for me, and for which of my households I may say yes; `gone` says no more. */
export async function openProxy(ctx: Ctx, input: { readonly token: string }) {
  const { id: residentId } = residentOf(ctx)
  const { reader } = ctx.db
  const row = await proxyByToken(reader, sha256(input.token))
  if (row?.state !== 'asked' || Number(row.askExpiresAt) <= ctx.clock.now()) return { state: 'gone' as const }
  const aliases = await residentAliases(reader, residentId)
  const homes = await householdsOf(ctx, residentId)
  const mine = await membersAmong(reader, aliases)
  const consenting = new Set(
    mine.filter((member) => mayAt(member, 'consent')).map(({ householdId }) => householdId),
  )
  return {
    state: 'asked' as const,
    isMine: aliases.includes(row.agentResidentId),
    agentName: ctx.vault.open(row.agentNameSealed),
    relation: row.relation,
    agentPhoneMasked: await phoneOf(reader, ctx, row.agentResidentId),
    months: row.months,
    expiresAt: Number(row.askExpiresAt),
    consent: CONSENT,
    households: homes
      .filter(({ id }) => consenting.has(id))
      .map(({ id, shortAddress, companyId }) => ({
        householdId: id,
        shortAddress,
        companyName: companyOf(ctx, companyId).name,
      })),
  }
}
