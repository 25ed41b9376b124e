import type { z } from 'zod'
import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { daysFrom, planDay, type PlannedTeam, slotRow } from './plan-days'
import { presentPlannedSlot } from './present'
import type { appointmentsOperations } from './schema'
import {
  changeSlot,
  deleteSlot,
  insertSlots,
  lockDay,
  lockSlots,
  markByHand,
  slotsBetween,
} from './slot-store'
import { teamToPlan } from './teams-in-scope'

interface Wanted {
  readonly fromMinute: number
  readonly toMinute: number
  readonly capacity: number
}

type Input = z.output<(typeof appointmentsOperations)['slots.save']['input']>

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

/**
 * Sets a team's spans of one day, whole: spans that are not named are taken away. Nothing that was promised is lost:
 * a span in use stays at its time and keeps at least the places that are taken. Errors: invalid_input for spans that
 * overlap, capacity_taken, not_found outside my scope, forbidden for a team that also goes where I see nothing.
 */
export async function saveSlots(
  ctx: Ctx,
  input: Input,
): Promise<z.input<(typeof appointmentsOperations)['slots.save']['output']>> {
  const team = await teamToPlan(ctx, input.teamId)
  const [day] = daysFrom(input.day, 1)
  if (day !== input.day) throw invalid('day', '没有这一天，请重新选日期')
  const wanted = wantedSpans(input)
  await inTransaction(ctx, (tx) => setSpans(tx, ctx, team, day, wanted))
  const slots = await slotsBetween(ctx.db.reader, [team.id], { from: day, to: day }, ctx.clock.now())
  return { slots: slots.map(presentPlannedSlot) }
}

const invalid = (path: string, message: string): AppError =>
  new AppError('invalid_input', { fields: [{ path, message }] })

function wantedSpans(input: Input): Wanted[] {
  const spans = input.spans
    .map(({ from, to, capacity }) => ({ fromMinute: minuteOf(from), toMinute: minuteOf(to), capacity }))
    .toSorted((a, b) => a.fromMinute - b.fromMinute)
  for (const [index, span] of spans.entries()) {
    if (span.toMinute <= span.fromMinute) throw invalid(`spans.${index}`, '结束时间要晚于开始时间')
    const before = spans[index - 1]
    if (before && before.toMinute > span.fromMinute) throw invalid(`spans.${index}`, '这个时段和前一个重叠了')
  }
  return spans
}

async function setSpans(
  tx: Tx,
  ctx: Ctx,
  team: PlannedTeam,
  day: string,
  wanted: readonly Wanted[],
): Promise<void> {
  if (!(await lockDay(tx, team.id, day))) await planFresh(tx, ctx, team, day)
  await markByHand(tx, team.id, day)
  const before = new Map((await lockSlots(tx, team.id, day)).map((slot) => [slot.fromMinute, slot]))
  for (const span of wanted) {
    const slot = before.get(span.fromMinute)
    before.delete(span.fromMinute)
    if (!slot) {
      await insertSlots(tx, [slotRow(ctx, team, day, span)])
      continue
    }
    if (slot.used > 0 && slot.toMinute !== span.toMinute)
      throw new AppError('capacity_taken', { message: '这个时段已经有人约了，时间不能改，只能改名额。' })
    const changed = await changeSlot(tx, { ...slotRow(ctx, team, day, span), id: slot.id })
    if (!changed) throw new AppError('capacity_taken')
  }
  for (const slot of before.values())
    if (!(await deleteSlot(tx, slot.id))) throw new AppError('capacity_taken')
}

async function planFresh(tx: Tx, ctx: Ctx, team: PlannedTeam, day: string): Promise<void> {
  try {
    await planDay(tx, ctx, team, day)
  } catch (error) {
    // A resident who looked at the day in this moment made its plan; whoever saves looks again.
    if (isDuplicate(error)) throw new AppError('busy')
    throw error
  }
}
