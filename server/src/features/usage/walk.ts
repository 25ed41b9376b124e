import { z } from 'zod'
import { shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { inTransaction, type Tx } from '../../core/db/database'
import { backoff, enqueue, type RunningJob } from '../../core/jobs/define'
import type { Ctx } from '../../platforms/context'
import { defineJob, defineSchedule } from '../../platforms/feature'
import { lastImports } from '../billing'
import { placeRootsOf, WALK_START, walkHouseholds } from '../households'
import { anyAdopted } from '../readings'
import { readAlertPage, writeAlertPage } from './alert-page'
import type { UsageWalkRow, WalkPurpose } from './entities'
import { lastDayImports } from './import-store'
import { type ComparedAreas, readPeerPage, writePeerPage } from './peer-page'
import { deletePeers, oldPeers } from './peer-store'
import { findWalk, insertWalk, lockWalk, updateWalk } from './walk-store'

const PAGE_HOUSEHOLDS = 400
/** A run of the job hands over to the next one, so that none of them is long. */
const STINT_MS = 20_000
/** A walk that has not moved for so long belongs to a process that is gone. */
const STANDING_MS = 60_000
const DELETE_AT_ONCE = 200

/** Begins the walk that follows an import, unless it is under way or was made. */
async function begin(ctx: Ctx, companyId: string, purpose: WalkPurpose, followsAt: number): Promise<void> {
  const now = ctx.clock.now()
  const known = await findWalk(ctx.db.reader, companyId, purpose)
  const isStanding = known?.state === 'running' && known.movedAt <= now - STANDING_MS
  if (known !== null && !isStanding && (known.state === 'running' || known.followsAt >= followsAt)) return
  await inTransaction(ctx, async (tx) => {
    const row = await lockWalk(tx, companyId, purpose)
    if (row !== null && row.state === 'running') {
      const turn = Math.floor(now / STANDING_MS)
      return enqueue(tx, ctx, walkJob, { companyId, purpose }, { key: `${keyOf(row)}:${turn}` })
    }
    if (row !== null && row.followsAt >= followsAt) return
    const next: UsageWalkRow = {
      companyId,
      purpose,
      followsAt,
      generation: (row?.generation ?? 0) + 1,
      state: 'running',
      cursorPath: WALK_START.path,
      cursorId: WALK_START.id,
      pages: 0,
      households: 0,
      startedAt: now,
      movedAt: now,
      finishedAt: null,
    }
    await (row === null ? insertWalk(tx, next) : updateWalk(tx, next))
    await enqueue(tx, ctx, walkJob, { companyId, purpose }, { key: keyOf(next) })
  })
}

const keyOf = ({ companyId, purpose, generation, pages }: UsageWalkRow): string =>
  `${companyId}:${purpose}:${generation}:${pages}`

/** Looks whether an import came to its end since the last walk: bills make new medians, days may make alerts. */
export async function followImports(ctx: Ctx): Promise<void> {
  // Heat is paid by area; there is nothing to count.
  const metered = ctx.config.companies.filter(({ kind }) => kind !== 'heating').map(({ id }) => id)
  const [bills, days] = await Promise.all([
    lastImports(ctx.db.reader, metered),
    lastDayImports(ctx.db.reader, metered),
  ])
  for (const [companyId, at] of bills) await begin(ctx, companyId, 'peers', at)
  for (const [companyId, at] of days) await begin(ctx, companyId, 'alerts', at)
  // Readings are reported one at a time, so those of a day are looked at together on the next.
  const today = shanghaiDay(ctx.clock.now())
  for (const companyId of metered)
    if (await anyAdopted(ctx.db.reader, companyId, today.slice(0, 7)))
      await begin(ctx, companyId, 'alerts', shanghaiDayStart(today))
}

export const followImportsOften = defineSchedule({
  name: 'usage.follow-imports',
  everyMs: 60_000,
  run: followImports,
})

/** Goes over all households of a company, page by page, until the stint is over; then promises the next stint. */
export async function walkCompany(
  ctx: Ctx,
  of: { readonly companyId: string; readonly purpose: WalkPurpose },
  job: RunningJob | null,
): Promise<void> {
  const roots = await placeRootsOf(ctx.db.reader, of.companyId)
  const compared: ComparedAreas = new Map()
  const until = ctx.clock.now() + STINT_MS
  let row = await findWalk(ctx.db.reader, of.companyId, of.purpose)
  while (row?.state === 'running') {
    if (ctx.clock.now() >= until) return handOver(ctx, row, job)
    row = await walkPage(ctx, row, roots, compared)
  }
  if (row !== null && row.purpose === 'peers') await deleteOldPeers(ctx, row)
}

async function handOver(ctx: Ctx, row: UsageWalkRow, job: RunningJob | null): Promise<void> {
  const { companyId, purpose } = row
  await inTransaction(ctx, async (tx) => {
    await enqueue(tx, ctx, walkJob, { companyId, purpose }, { key: keyOf(row) })
    await job?.completeIn(tx)
  })
}

/**
 * One page: what it adds and the cursor behind it in one transaction, so that a kill in between leaves neither. Of two
 * workers at the same page the second one waits for the lock and sees that the cursor has moved.
 */
async function walkPage(
  ctx: Ctx,
  row: UsageWalkRow,
  roots: readonly string[],
  compared: ComparedAreas,
): Promise<UsageWalkRow | null> {
  const after = { path: row.cursorPath, id: row.cursorId }
  const page = await walkHouseholds(ctx.db.reader, { tree: 'place', roots, after, limit: PAGE_HOUSEHOLDS })
  const write = await prepare(ctx, row, page.householdIds, compared)
  return inTransaction(ctx, async (tx) => {
    const locked = await lockWalk(tx, row.companyId, row.purpose)
    if (locked === null || locked.generation !== row.generation || locked.pages !== row.pages) return locked
    await write(tx)
    const now = ctx.clock.now()
    const next: UsageWalkRow = {
      ...locked,
      cursorPath: page.next?.path ?? locked.cursorPath,
      cursorId: page.next?.id ?? locked.cursorId,
      state: page.next === null ? 'done' : 'running',
      pages: locked.pages + 1,
      households: locked.households + page.householdIds.length,
      movedAt: now,
      finishedAt: page.next === null ? now : null,
    }
    await updateWalk(tx, next)
    return next
  })
}

/** Reads what a page needs before its transaction begins, and answers how it is written. */
async function prepare(
  ctx: Ctx,
  row: UsageWalkRow,
  householdIds: readonly string[],
  compared: ComparedAreas,
): Promise<(tx: Tx) => Promise<void>> {
  if (row.purpose === 'peers') {
    const page = await readPeerPage(ctx, householdIds, compared)
    return (tx) => writePeerPage(tx, row, page)
  }
  const alerts = await readAlertPage(ctx, row.companyId, householdIds)
  return (tx) => writeAlertPage(tx, ctx, row.companyId, alerts)
}

async function deleteOldPeers(ctx: Ctx, { companyId, generation }: UsageWalkRow): Promise<void> {
  for (;;) {
    const rows = await oldPeers(ctx.db.reader, companyId, generation, DELETE_AT_ONCE)
    if (rows.length === 0) return
    await inTransaction(ctx, async (tx) => {
      for (const old of rows) await deletePeers(tx, old)
    })
  }
}

export const walkJob = defineJob({
  name: 'usage.walk',
  payload: z.strictObject({ companyId: z.string(), purpose: z.enum(['peers', 'alerts']) }),
  maxAttempts: 20,
  timeoutMs: 60_000,
  backoffMs: backoff(1_000, 60_000),
  run: (ctx, payload, job) => walkCompany(ctx, payload, job),
})
