import type { Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { addStep } from './add-step'
import type { StepRow } from './entities'
import { lockRequest } from './store'
import { tellUrgeAnswered } from './tell-people'
import { touchRequest } from './touch-request'

/** What the desk answered to a request that others were merged into. */
export const REPLY = 'reply'

/**
 * Gives the desk's answer to the whole also to somebody who was merged into it and urged: as a line of their own
 * timeline and as a message. What they urged after it was said still waits. The caller holds no lock of theirs.
 */
export async function answerUrge(
  tx: Tx,
  ctx: Ctx,
  of: { readonly parentId: string; readonly childId: string; readonly step: StepRow },
): Promise<void> {
  await lockRequest(tx, of.parentId)
  const child = await lockRequest(tx, of.childId)
  const { step: said } = of
  if (child.parentId !== of.parentId || child.urgesWaiting === 0 || (child.lastUrgedAt ?? 0) > said.at) return
  const answered = await touchRequest(tx, ctx, child, { urgesWaiting: 0 })
  const step = await addStep(tx, ctx, {
    request: answered,
    kind: REPLY,
    title: '回复了您的催办',
    words: said.words,
    by: { kind: said.byKind, id: said.byId, name: said.byName, roles: [] },
    facts: { parentStep: said.id },
    isMarked: true,
  })
  if (child.residentId !== null)
    await tellUrgeAnswered(tx, ctx, {
      request: answered,
      residentId: child.residentId,
      stepId: step.id,
      words: said.words ?? '',
    })
}
