import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { verifyActCode } from '../households'
import { residentAliases } from '../identity'
import { grant } from './answer-proxy'
import { type Ask, askedRow } from './ask-proxy'
import { endOne } from './end-proxy'
import { insertProxy, proxiesOfHousehold } from './store'

/**
 * Acts for the owner who told the code that was sent to them: that it was told is the consent, kept with the version of
 * what the page said. The same again renews. Errors: bind_refused, bind_locked, household_limit, move_not_allowed.
 */
export async function proxyByCode(
  ctx: Ctx,
  input: Ask & { readonly companyId: string; readonly accountNo: string; readonly code: string },
): Promise<{ householdId: string }> {
  const householdId = await verifyActCode(ctx, input)
  const aliases = await residentAliases(ctx.db.reader, residentOf(ctx).id)
  await inTransaction(ctx, async (tx) => {
    for (const earlier of await proxiesOfHousehold(tx, householdId))
      if (earlier.state === 'active' && aliases.includes(earlier.agentResidentId))
        await endOne(tx, ctx, earlier.id, 'agent')
    const row = { ...askedRow(ctx, input, { method: 'sms-code', token: null }), householdId }
    await insertProxy(tx, row)
    await grant(tx, ctx, row, null)
  })
  return { householdId }
}
