import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertMay } from '../households'
import { assertState, changed } from './case-states'
import { saveCase } from './case-store'
import { lockKnownCase, ownCase } from './own-case'
import { presentCase } from './present'
import type { CaseView } from './schema'

/** The resident agrees to the sum that stands. Errors: not_found, role_forbidden for a tenant, request_changed, move_not_allowed. */
export async function agreeCase(
  ctx: Ctx,
  input: { readonly caseId: string; readonly version: number },
): Promise<CaseView> {
  const { householdId } = await ownCase(ctx, input.caseId)
  await assertMay(ctx, residentOf(ctx).id, householdId, 'contract')
  const row = await inTransaction(ctx, async (tx) => {
    const found = await lockKnownCase(tx, input.caseId)
    assertState(found, input.version, ['final'])
    const now = ctx.clock.now()
    const agreed =
      found.amountFen === 0
        ? changed(found, now, {
            state: 'closed',
            openSlot: null,
            closedAt: now,
            answeredAt: now,
            nextLookAt: null,
          })
        : changed(found, now, { state: 'agreed', answeredAt: now, nextLookAt: null })
    await saveCase(tx, agreed)
    await recordAudit(tx, ctx, {
      action: 'heating.agreeCase',
      object: `heat-case:${found.id}`,
      detail: { amountFen: found.amountFen },
    })
    return agreed
  })
  return presentCase(ctx.db.reader, ctx, row)
}
