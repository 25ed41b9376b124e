import { recordAudit } from '../../core/audit'
import { inTransaction } from '../../core/db/database'
import { type Ctx, residentOf } from '../../platforms/context'
import { assertMay } from '../households'
import { judgeWords } from '../requests'
import { assertState, changed } from './case-states'
import { saveCase } from './case-store'
import { lockKnownCase, ownCase } from './own-case'
import { presentCase } from './present'
import type { CaseView } from './schema'

/** The resident objects to the sum that stands. Errors: not_found, role_forbidden for a tenant, request_changed, move_not_allowed, words_refused. */
export async function objectCase(
  ctx: Ctx,
  input: { readonly caseId: string; readonly version: number; readonly words: string },
): Promise<CaseView> {
  const { householdId } = await ownCase(ctx, input.caseId)
  await assertMay(ctx, residentOf(ctx).id, householdId, 'contract')
  await judgeWords(ctx, input.words)
  const row = await inTransaction(ctx, async (tx) => {
    const found = await lockKnownCase(tx, input.caseId)
    assertState(found, input.version, ['final'])
    const objected = changed(found, ctx.clock.now(), {
      state: 'objected',
      answeredAt: ctx.clock.now(),
      objectionSealed: ctx.vault.seal(input.words),
      answer: null,
      nextLookAt: null,
    })
    await saveCase(tx, objected)
    await recordAudit(tx, ctx, { action: 'heating.objectCase', object: `heat-case:${found.id}` })
    return objected
  })
  return presentCase(ctx.db.reader, ctx, row)
}
