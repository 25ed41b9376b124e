import type { Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { freeAppointment } from '../appointments'
import { staffByIds, teamById } from '../staff'
import { addStep, type FileRole } from './add-step'
import type { RequestRow, StepRow } from './entities'
import { effectsOf, isSaidToResidents, type MoveGiven, type MoveNames, titleOf } from './move-effects'
import { insertLink, ratingsOf } from './people-store'
import { assertMay, assertNeeds, evidenceMissing, refuseWithout, wasSent } from './policy'
import { moveClocks, termsOf } from './run-clocks'
import type { RequestState } from './schema'
import { type Move, MOVES } from './states'
import { addChildren, lockRequest, moveChildren } from './store'
import { tellResident } from './tell-people'
import { tellWorker } from './tell-worker'
import { writeRequest } from './touch-request'

export interface MoveInput extends MoveGiven {
  /** As it is under its lock. */
  readonly request: RequestRow
  readonly fileIds?: readonly string[] | undefined
  readonly fileRole?: FileRole | undefined
  /** Kept with the line of the timeline: place, distance and the like; no personal data. */
  readonly facts?: Readonly<Record<string, unknown>> | undefined
  /**
   * When it was done, where a worker without a network reports it later: the timeline and the promise that it keeps
   * count from then. Whoever gives it has judged that it is to be believed; it is never after now.
   */
  readonly at?: number | undefined
}

/**
 * Moves one request by the table in states.ts, with its clocks, its timeline and its resident's message. Whoever is
 * not spreading a parent's move calls moveRequest, which also promises that followers and children hear of it.
 * Errors: move_not_allowed with the reason in words, reopen_over, request_changed, not_found.
 */
export async function moveOne(
  tx: Tx,
  ctx: Ctx,
  input: MoveInput,
): Promise<{ moved: RequestRow; step: StepRow }> {
  const { request, move } = input
  const now = ctx.clock.now()
  assertMay(request, move, input.by, now)
  assertNeeds(move, input)
  const terms = await termsOf(ctx, request, tx)
  if (move === 'resolve' && wasSent(request.state))
    refuseWithout(await evidenceMissing(tx, request, terms.type))
  const parent = await parentOf(tx, input)
  const to = targetOf(request, MOVES[move], parent)
  const clocks = await moveClocks(tx, ctx, request, {
    effect: clockEffect(input, to),
    to,
    at: input.at ?? now,
  })
  const { requests } = ctx.config
  const changes = effectsOf(request, input, {
    now,
    to,
    body: terms.body,
    autoCloseMs: requests.autoCloseHours * 3_600_000,
    rateReminderMs: requests.rateReminderHours * 3_600_000,
    rated: to === 'closed' && (await isRated(tx, request)),
  })
  const moved = await writeRequest(tx, ctx, request, { ...changes, ...clocks })
  await keepFamily(tx, ctx, input, moved)
  if (to === 'resolved' || to === 'closed' || to === 'cancelled') await freeAppointment(tx, ctx, request.id)
  const step = await say(tx, ctx, input, moved)
  await tellWorker(tx, ctx, {
    before: request,
    moved,
    move,
    by: input.by,
    said: input.words?.trim() || input.reason?.trim() || null,
    stepId: step.id,
  })
  return { moved, step }
}

/** The request that this one goes into, or that it follows; locked, and in a state that allows it. */
async function parentOf(tx: Tx, { request, move, parentId }: MoveInput): Promise<RequestRow | null> {
  if (move === 'follow') {
    if (request.parentId === null) throw new Error(`${request.id} has no parent to follow.`)
    return lockRequest(tx, request.parentId)
  }
  if (move !== 'merge' || parentId === undefined) return null
  if (parentId === request.id) throw refused('不能把一单合并到它自己。')
  const parent = await lockRequest(tx, parentId)
  if (parent.companyId !== request.companyId) throw refused('不同公司的单子不能合并。')
  if (parent.openSlot === null || parent.state === 'resolved')
    throw refused('主单已经结束或已合并到别的单子，请换一个主单。')
  return parent
}

const refused = (message: string): AppError => new AppError('move_not_allowed', { message })

function targetOf(request: RequestRow, definition: Move, parent: RequestRow | null): RequestState {
  if (definition.to === 'parent') {
    if (parent?.state === 'resolved' || parent?.state === 'closed') return parent.state
    return 'merged'
  }
  if (definition.to !== 'before') return definition.to
  const before = request.state === 'merged' ? request.mergedState : request.stateBefore
  if (before === null) throw new Error(`${request.id} does not know where it was before.`)
  return before
}

function clockEffect({ move }: MoveInput, to: RequestState): Move['clocks'] {
  if (move !== 'follow') return MOVES[move].clocks
  return to === 'merged' ? 'anew' : to === 'closed' ? 'stop' : 'go-on'
}

async function isRated(tx: Tx, request: RequestRow): Promise<boolean> {
  const ratings = (await ratingsOf(tx, [request.id])).get(request.id) ?? []
  return ratings.some((rating) => rating.round === request.reopened + 1)
}

/** Keeps count of who belongs to whom. A parent that is merged brings its own children along. */
async function keepFamily(tx: Tx, ctx: Ctx, input: MoveInput, moved: RequestRow): Promise<void> {
  const { request, move } = input
  const now = ctx.clock.now()
  if (move === 'merge' && moved.parentId !== null) {
    const brought = request.children === 0 ? 0 : await moveChildren(tx, request.id, moved.parentId)
    await addChildren(tx, moved.parentId, 1 + brought, now)
  }
  const left = request.parentId !== null && moved.parentId === null ? request.parentId : null
  if (left === null) return
  await addChildren(tx, left, -1, now)
  // Whoever says that it is not solved for them goes on alone, beside what they were part of.
  if (move === 'reopen')
    await insertLink(tx, [request.id, left], { at: now, byId: input.by.id ?? request.id })
}

/** The timeline, and the resident whose request it is. */
async function say(tx: Tx, ctx: Ctx, input: MoveInput, moved: RequestRow): Promise<StepRow> {
  const { move, by } = input
  const said = input.words?.trim() || input.reason?.trim() || null
  const forResidents = isSaidToResidents(move)
  const title = titleOf(input, moved.state, await namesOf(tx, input), ctx.clock.now())
  const step = await addStep(tx, ctx, {
    request: moved,
    kind: `move:${move === 'follow' ? moved.state : move}`,
    title,
    words: forResidents ? said : null,
    by,
    facts: { ...input.facts, from: input.request.state, to: moved.state },
    fileIds: input.fileIds,
    fileRole: input.fileRole,
    at: input.at,
  })
  if (said !== null && !forResidents)
    await addStep(tx, ctx, {
      request: moved,
      kind: `note:${move}`,
      title: '说明',
      words: said,
      by,
      internal: true,
      isMarked: true,
    })
  // What ends with an outage is told once, with the outage (close-restored.ts).
  const isTold = move !== 'return' && move !== 'restore'
  if (moved.residentId !== null && by.kind !== 'resident' && isTold)
    await tellResident(tx, ctx, {
      request: moved,
      residentId: moved.residentId,
      stepId: step.id,
      remark: forResidents && said !== null ? `${title}。${said}` : title,
    })
  return step
}

async function namesOf(tx: Tx, { move, assign, by }: MoveInput): Promise<MoveNames> {
  if (move !== 'dispatch' || !assign) return { worker: by.name, team: null }
  if (assign.staffId === null)
    return { worker: null, team: (await teamById(tx, assign.teamId))?.name ?? null }
  return { worker: (await staffByIds(tx, [assign.staffId])).get(assign.staffId)?.name ?? null, team: null }
}
