import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { SeatRow, SeatState } from './entities'
import { activeOf } from './queue-store'
import { insertSeat, lockSeat, saveSeat } from './seat-store'
import { newSeat, presentSeat, type Seat } from './seats'
import { returnToQueue, underLocks } from './take-back'

interface SetSeatInput {
  readonly state: SeatState
  readonly capacity?: number | undefined
  readonly breakMinutes?: number | undefined
  readonly handOver?: string | undefined
}

const BREAK_MINUTES = 15

/**
 * Opens my seat, takes a break that ends by itself, or ends my shift: then all my conversations go back into the queue,
 * with a word for whoever goes on. Errors: invalid_input for `away`, which nobody says of themselves.
 */
export async function setSeat(ctx: Ctx, input: SetSeatInput): Promise<Seat> {
  const { id } = staffOf(ctx)
  if (input.state === 'away')
    throw new AppError('invalid_input', {
      message: '请选在线、小休或下班。',
      fields: [{ path: 'state', message: '请另选一个' }],
    })
  const seat = await inTransaction(ctx, async (tx) => {
    const known = (await lockSeat(tx, id)) ?? (await makeSeat(tx, ctx, id))
    const saved = await saveSeat(tx, ctx, known, changesOf(ctx, known, input))
    // Somebody may wait for just this seat, or has to leave it.
    tx.afterCommit(ctx.wakeJobs)
    return saved
  })
  // The seat is shut first, so that nothing is given to it while what it has goes back, one by one.
  if (seat.state === 'off') await returnAll(ctx, id)
  return presentSeat(ctx, seat)
}

async function makeSeat(tx: Tx, ctx: Ctx, staffId: string): Promise<SeatRow> {
  const seat = newSeat(ctx, staffId)
  try {
    await insertSeat(tx, seat)
    return seat
  } catch (error) {
    if (!isDuplicate(error)) throw error
    // Opened on two screens in the same moment.
    return (await lockSeat(tx, staffId)) ?? seat
  }
}

function changesOf(ctx: Ctx, seat: SeatRow, input: SetSeatInput): Partial<SeatRow> {
  const now = ctx.clock.now()
  const minutes = input.breakMinutes ?? BREAK_MINUTES
  const words = input.handOver ?? ''
  return {
    state: input.state,
    capacity: input.capacity ?? seat.capacity,
    until: input.state === 'break' ? now + minutes * 60_000 : null,
    activeAt: now,
    missed: 0,
    ...(input.state === 'off' ? { handOver: words || null, handOverAt: words === '' ? null : now } : {}),
  }
}

async function returnAll(ctx: Ctx, staffId: string): Promise<void> {
  for (let returned = 1; returned > 0; ) {
    returned = 0
    for (const found of await activeOf(ctx.db.reader, staffId))
      returned += (await underLocks(ctx, found, async (tx, conversation, seat) => {
        if (seat?.state !== 'off' || conversation.state !== 'active') return false
        await returnToQueue(tx, ctx, conversation, 'shiftOver')
        return true
      }))
        ? 1
        : 0
  }
}
