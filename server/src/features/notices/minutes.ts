import { inTransaction, isDuplicate, type Reader } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { defineSchedule } from '../../platforms/feature'
import { countedMinutes } from './counted-minutes'
import { AUDIENCE_START, nextHouseholds, type WalkedAudience, walkOf } from './audience'
import type { MinutesRunRow, OutageMinutesRow } from './entities'
import {
  findMinutesRun,
  householdsWithMinutes,
  insertMinutes,
  insertMinutesRun,
  lockRunningMinutes,
  markMinutesKept,
  minutesOfHousehold,
  moveMinutesRun,
  restoredWithoutMinutes,
  spansDuring,
} from './minutes-store'

const NOTICES_AT_ONCE = 20
/** Then the next turn goes on from the cursor. */
const TURN_MS = 60_000

/**
 * Writes how long each household of a restored outage was without supply, page by page with a cursor, so that a kill
 * in between loses and doubles nothing. For compensation and for the reliability figures.
 */
export async function keepMinutes(ctx: Ctx, stopping?: AbortSignal): Promise<void> {
  const until = ctx.clock.now() + TURN_MS
  for (const notice of await restoredWithoutMinutes(ctx.db.reader, NOTICES_AT_ONCE)) {
    const fromAt = notice.cutSince ?? notice.startsAt
    const { restoredAt } = notice
    if (fromAt === null || restoredAt === null || restoredAt <= fromAt) {
      await inTransaction(ctx, (tx) => markMinutesKept(tx, notice.id, ctx.clock.now()))
      continue
    }
    const audience = await walkOf(ctx.db.reader, { noticeId: notice.id, reach: 'homes', earlierBulks: [] })
    let run: MinutesRunRow | null = await begunRun(ctx, notice.id)
    while (run !== null && run.state === 'running') {
      if (stopping?.aborted || ctx.clock.now() > until) return
      run = await keepPage(ctx, { ...audience, reach: 'homes' }, run, {
        fromAt,
        untilAt: restoredAt,
        minutes: Math.round((restoredAt - fromAt) / 60_000),
      })
    }
  }
}

async function begunRun(ctx: Ctx, noticeId: string): Promise<MinutesRunRow> {
  const known = await findMinutesRun(ctx.db.reader, noticeId)
  if (known) return known
  const fresh: MinutesRunRow = {
    noticeId,
    state: 'running',
    ...AUDIENCE_START,
    pages: 0,
    households: 0,
    minutes: 0,
    countedMinutes: 0,
    movedAt: ctx.clock.now(),
  }
  try {
    await inTransaction(ctx, (tx) => insertMinutesRun(tx, fresh))
  } catch (error) {
    // Another process began in the same moment; the pages are fenced by their number.
    if (!isDuplicate(error)) throw error
  }
  return fresh
}

async function keepPage(
  ctx: Ctx,
  audience: WalkedAudience & { readonly reach: 'homes' },
  run: MinutesRunRow,
  spent: Omit<OutageMinutesRow, 'noticeId' | 'householdId' | 'countedMinutes'>,
): Promise<MinutesRunRow | null> {
  const { noticeId } = run
  const page = await nextHouseholds(ctx.db.reader, audience, run, ctx.config.notices.spreadPageHouseholds)
  return inTransaction(ctx, async (tx) => {
    // All that are being kept: two of them may hold one household, whose minutes are counted once.
    const locked = (await lockRunningMinutes(tx)).find((one) => one.noticeId === noticeId) ?? null
    if (locked === null || locked.state !== 'running' || locked.pages !== run.pages) return locked
    const kept =
      page.householdIds.length === 0
        ? new Set<string>()
        : await householdsWithMinutes(tx, noticeId, page.householdIds)
    const others = await spansDuring(tx, page.householdIds, spent)
    const rows = page.householdIds.flatMap((householdId) => {
      if (kept.has(householdId)) return []
      const counted = countedMinutes(spent, others.get(householdId) ?? [])
      return [{ noticeId, householdId, ...spent, countedMinutes: counted }]
    })
    await insertMinutes(tx, rows)
    const { part, cursorPath, cursorId } = page.next ?? run
    const state = page.next === null ? ('done' as const) : ('running' as const)
    const now = ctx.clock.now()
    const moved = { noticeId, part, cursorPath, cursorId, state, movedAt: now }
    await moveMinutesRun(tx, {
      ...moved,
      households: rows.length,
      minutes: rows.length * spent.minutes,
      countedMinutes: rows.reduce((sum, row) => sum + row.countedMinutes, 0),
    })
    if (page.next === null) await markMinutesKept(tx, noticeId, now)
    return { ...locked, ...moved, pages: locked.pages + 1 }
  })
}

/** What an outage amounts to; null before all of it was kept. */
export async function outageTotals(
  reader: Reader,
  noticeId: string,
): Promise<{ households: number; minutes: number; countedMinutes: number } | null> {
  const run = await findMinutesRun(reader, noticeId)
  if (run?.state !== 'done') return null
  return {
    households: Number(run.households),
    minutes: Number(run.minutes),
    countedMinutes: Number(run.countedMinutes),
  }
}

/** The outages of one household since then, the newest first. */
export async function outagesOfHousehold(
  reader: Reader,
  householdId: string,
  since: number,
): Promise<OutageMinutesRow[]> {
  return minutesOfHousehold(reader, householdId, since, 200)
}

export const minutesSchedule = defineSchedule({
  name: 'notices.keep-minutes',
  everyMs: 10_000,
  run: keepMinutes,
})
