import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { SYSTEM } from './actor'
import { addStep } from './add-step'
import { answerUrge, REPLY } from './answer-urge'
import type { RequestRow, StepRow } from './entities'
import { moveOne } from './move-one'
import { followersOf, ratingsOf } from './people-store'
import { childrenOf, findRequest, lockRequest } from './store'
import { findStep, stepsOf } from './step-store'
import { tellResident } from './tell-people'

const BATCH = 50

/**
 * Tells one step of a request to its followers, and lets the requests that were merged into it go along: they end and
 * begin again with it, and go on alone when it is taken back. It may run again after half of it was done.
 */
export async function spreadToOthers(
  ctx: Ctx,
  { requestId, stepId }: { readonly requestId: string; readonly stepId: string },
): Promise<void> {
  const [request, step] = await Promise.all([
    findRequest(ctx.db.reader, requestId),
    findStep(ctx.db.reader, stepId),
  ])
  if (!request || !step) return
  const isReply = step.kind === REPLY
  // What the desk answered is between it and whoever asked.
  if (!isReply) await tellFollowers(ctx, request, step)
  for (let after = ''; ; ) {
    const children = await childrenOf(ctx.db.reader, request.id, { after, limit: BATCH })
    for (const child of children) {
      const of = { parentId: request.id, childId: child.id, step }
      if (isReply) {
        if (child.urgesWaiting > 0) await inTransaction(ctx, (tx) => answerUrge(tx, ctx, of))
        continue
      }
      const own = await inTransaction(ctx, (tx) => takeAlong(tx, ctx, of))
      if (own) await tellFollowers(ctx, own.child, own.step)
    }
    const last = children.at(-1)
    if (!last || children.length < BATCH) return
    after = last.id
  }
}

async function tellFollowers(ctx: Ctx, request: RequestRow, step: StepRow): Promise<void> {
  if (request.followers === 0) return
  for (let after = ''; ; ) {
    const residentIds = await followersOf(ctx.db.reader, request.id, after, BATCH)
    await inTransaction(ctx, async (tx) => {
      for (const residentId of residentIds)
        await tellResident(tx, ctx, {
          request,
          residentId,
          stepId: step.id,
          remark: `您关注的问题：${step.title}`,
        })
    })
    const last = residentIds.at(-1)
    if (last === undefined || residentIds.length < BATCH) return
    after = last
  }
}

/** One child, under the lock of its parent: what it does follows from where the parent is now, not from what was said. */
async function takeAlong(
  tx: Tx,
  ctx: Ctx,
  of: { readonly parentId: string; readonly childId: string; readonly step: StepRow },
): Promise<{ child: RequestRow; step: StepRow } | null> {
  const parent = await lockRequest(tx, of.parentId)
  const child = await lockRequest(tx, of.childId)
  if (child.parentId !== parent.id) return null
  const facts = { parentStep: of.step.id }
  if (parent.state === 'cancelled' && child.state === 'merged') {
    const split = { request: child, move: 'split', by: SYSTEM, reason: '主单已撤销', facts } as const
    const { moved, step } = await moveOne(tx, ctx, split)
    return { child: moved, step }
  }
  if (mustFollow(parent, child) && !(await isContent(tx, parent, child))) {
    const words = parent.state === 'resolved' ? (of.step.words ?? undefined) : undefined
    const { moved, step } = await moveOne(tx, ctx, {
      request: child,
      move: 'follow',
      by: SYSTEM,
      words,
      facts,
    })
    return { child: moved, step }
  }
  return child.state === 'merged' ? sayAgain(tx, ctx, { parent, child, said: of.step }) : null
}

function mustFollow(parent: RequestRow, child: RequestRow): boolean {
  if (parent.state === 'resolved' || parent.state === 'closed')
    return child.state === 'merged' || (child.state === 'resolved' && parent.state === 'closed')
  const isOver = child.state === 'resolved' || child.state === 'closed'
  return isOver && parent.openSlot === 1
}

/** Whoever said already that it is solved for them is left in peace when the others' problem is opened again. */
async function isContent(tx: Tx, parent: RequestRow, child: RequestRow): Promise<boolean> {
  if (parent.openSlot === null || parent.state === 'resolved') return false
  const ratings = (await ratingsOf(tx, [child.id])).get(child.id) ?? []
  return ratings.some((rating) => rating.round === child.reopened + 1)
}

/** The parent's step as a line of the child's own timeline, once. */
async function sayAgain(
  tx: Tx,
  ctx: Ctx,
  of: { readonly parent: RequestRow; readonly child: RequestRow; readonly said: StepRow },
): Promise<{ child: RequestRow; step: StepRow } | null> {
  const { child, said } = of
  const before = await stepsOf(tx, child.id)
  if (before.some((step) => step.facts.includes(said.id))) return null
  const step = await addStep(tx, ctx, {
    request: child,
    kind: said.kind,
    title: said.title,
    by: SYSTEM,
    facts: { parentStep: said.id },
  })
  if (child.residentId !== null)
    await tellResident(tx, ctx, {
      request: child,
      residentId: child.residentId,
      stepId: step.id,
      remark: said.title,
    })
  return { child, step }
}
