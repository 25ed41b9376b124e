import { inTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { supervisorsOf, teamById } from '../staff'
import { SYSTEM } from './actor'
import { addStep } from './add-step'
import { clocksOf, dueClocks, findClock, saveClock } from './clock-store'
import { isOpen, nearest, NOTHING_LEFT } from './clocks'
import type { ClockRow, RequestRow } from './entities'
import { termsOf } from './run-clocks'
import { lockRequest, saveSweep } from './store'
import { tellStaff } from './tell-people'
import { CLOCK_WORDS, whenInWords } from './words'

const BATCH = 100
const MOST_BATCHES = 50
const MINUTE_MS = 60_000

/**
 * Warns before a promise is broken, says when it is, and then goes up the chain: the lead of the team, a supervisor,
 * all supervisors. Each step happens once, on whichever node comes first, because it is taken under the request's lock
 * and only when the clock still says that it is next. One that fails keeps no other waiting.
 */
export async function sweepClocks(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  const now = ctx.clock.now()
  let after = { at: -1, id: '' }
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const due = await dueClocks(ctx.db.reader, now, after, BATCH)
    for (const clock of due) {
      if (stopping?.aborted) return
      await takeStep(ctx, clock).catch((error: unknown) =>
        ctx.log.error({ clockId: clock.id, err: error }, 'requests.clock-step-failed'),
      )
      after = { at: clock.nextStepAt ?? now, id: clock.id }
    }
    if (due.length < BATCH) return
  }
}

async function takeStep(
  ctx: Ctx,
  due: Pick<ClockRow, 'id' | 'requestId' | 'nextStep' | 'nextStepAt'>,
): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    const request = await lockRequest(tx, due.requestId)
    const clock = await findClock(tx, due.id)
    if (!clock || clock.nextStep !== due.nextStep || clock.nextStepAt !== due.nextStepAt) return
    const { body } = await termsOf(ctx, request, tx)
    const next = stepped(clock, body.escalationMinutes)
    await saveClock(tx, next)
    const level = levelOf(clock.nextStep)
    const clocks = (await clocksOf(tx, [request.id])).get(request.id) ?? []
    await saveSweep(tx, request.id, {
      escalation: Math.max(request.escalation, level),
      updatedAt: ctx.clock.now(),
      ...nearest(clocks),
    })
    await say(tx, ctx, { request, clock, level })
  })
}

const levelOf = (step: string | null): number =>
  step?.startsWith('escalate') ? Number(step.slice('escalate'.length)) : 0

/** The clock after its step. Escalations are counted in ordinary time from the breach: nobody waits for office hours. */
export function stepped(clock: ClockRow, escalationMinutes: readonly number[]): ClockRow {
  if (clock.nextStep === 'warn') return { ...clock, nextStep: 'breach', nextStepAt: clock.dueAt }
  const done = clock.nextStep === 'breach' ? 0 : levelOf(clock.nextStep)
  const breachedAt = clock.breachedAt ?? clock.dueAt ?? 0
  const before = done === 0 ? 0 : (escalationMinutes[done - 1] ?? 0)
  const minutes = escalationMinutes[done]
  const firstAt = done === 0 ? breachedAt : (clock.nextStepAt ?? breachedAt)
  return {
    ...clock,
    state: 'missed',
    breachedAt,
    nextStep: minutes === undefined ? NOTHING_LEFT : `escalate${done + 1}`,
    nextStepAt: minutes === undefined ? null : firstAt + (minutes - before) * MINUTE_MS,
  }
}

const LEVEL_WORDS = ['', '班组长', '主管', '全部主管']

async function say(
  tx: Tx,
  ctx: Ctx,
  { request, clock, level }: { request: RequestRow; clock: ClockRow; level: number },
): Promise<void> {
  const what = CLOCK_WORDS[clock.kind]
  const due = clock.dueAt === null ? '' : whenInWords(clock.dueAt, ctx.clock.now())
  const [kind, title, short] =
    clock.nextStep === 'warn'
      ? (['clock-warn', `快到时限：${due}前要${what}`, '快到时限'] as const)
      : clock.nextStep === 'breach'
        ? (['clock-breach', `超过时限：应在${due}前${what}`, '已超时'] as const)
        : (['escalated', `${what}超时，已告知${LEVEL_WORDS[level] ?? '主管'}`, '超时升级'] as const)
  const step = await addStep(tx, ctx, {
    request,
    kind,
    title,
    by: SYSTEM,
    internal: true,
    facts: { clock: clock.kind, level },
  })
  const staffIds = await whoHears(tx, request, isOpen(clock) ? level : 0)
  await tellStaff(tx, ctx, { request, staffIds, what: short, remark: title, key: step.id })
}

/** Whoever has it, and the lead; from the second level on a supervisor, always the same for one request; then all. */
async function whoHears(tx: Tx, request: RequestRow, level: number): Promise<(string | null)[]> {
  const lead = request.teamId === null ? null : ((await teamById(tx, request.teamId))?.leadId ?? null)
  if (level < 2) return [request.assigneeId, lead]
  const supervisors = (await supervisorsOf(tx, request.companyId)).map(({ id }) => id)
  if (level >= 3) return supervisors.slice(0, 50)
  const share = [...request.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0)
  return supervisors.length === 0 ? [lead] : [supervisors[share % supervisors.length] ?? null]
}
