import { type Database, inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { backoff, enqueue, type RunningJob } from '../../core/jobs/define'
import { z } from 'zod'
import type { Ctx } from '../../platforms/context'
import { defineJob, defineSchedule } from '../../platforms/feature'
import { livingResidents } from '../identity'
import { addToBulk, closeBulk } from '../notifications'
import {
  AUDIENCE_START,
  type AudiencePage,
  type AudiencePosition,
  nextMembers,
  type Reach,
  type WalkedAudience,
  walkOf,
} from './audience'
import type { FanoutRow } from './entities'
import {
  bulksBefore,
  endFanout,
  fanoutOfVersion,
  findFanout,
  insertFanout,
  lockFanout,
  moveFanout,
  standingFanouts,
} from './fan-out-store'

/** Why a message of a version is there: with the resident it is unique, so nobody is told one version twice. */
export function fanOutReason(noticeId: string, version: number): string {
  return `notice:${noticeId}:${version}`
}

/**
 * Begins to tell a version to everybody, in the caller's transaction: the bulk is open, the rest is a job's. Answers
 * false when this version is being told already, by whomever (N12).
 */
export async function startFanOut(
  tx: Tx,
  ctx: Ctx,
  of: {
    readonly noticeId: string
    readonly version: number
    readonly bulkId: string
    /** `told`: only those whom the versions before have reached, for a correction. */
    readonly reach?: Reach
    /** When it may be sent at the earliest. */
    readonly dueAt?: number | null
    /** How many residents the preview counted. */
    readonly expected?: number
    /** When to look who was told: sends of a version that was stopped just now have come back by then. */
    readonly walkAt?: number
  },
): Promise<boolean> {
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  try {
    await insertFanout(tx, {
      id,
      noticeId: of.noticeId,
      version: of.version,
      bulkId: of.bulkId,
      state: 'running',
      reach: of.reach ?? 'covered',
      ...AUDIENCE_START,
      pages: 0,
      dueAt: of.dueAt ?? null,
      households: 0,
      residents: 0,
      expected: of.expected ?? 0,
      startedAt: now,
      movedAt: Math.max(now, of.walkAt ?? now),
      finishedAt: null,
    })
  } catch (error) {
    if (isDuplicate(error)) return false
    throw error
  }
  await enqueue(tx, ctx, spreadJob, { fanoutId: id }, { key: id, runAt: of.walkAt ?? now })
  return true
}

/**
 * No further row of this version is made. Whoever holds a page ends it first, which takes a fraction of a second;
 * stopping the bulk in the same transaction takes back what was not sent.
 */
export async function stopFanOut(tx: Tx, ctx: Ctx, noticeId: string, version: number): Promise<void> {
  const row = await fanoutOfVersion(tx, noticeId, version)
  if (row) await endFanout(tx, row.id, ctx.clock.now())
}

/** A run of the job hands over to the next one, so that none of them is long. */
const STINT_MS = 20_000

/** Writes the rows of a fan-out page by page until its stint is over, and promises the next stint. */
export async function spreadFanOut(ctx: Ctx, fanoutId: string, job: RunningJob | null): Promise<void> {
  const first = await findFanout(ctx.db.reader, fanoutId)
  if (first === null || first.state !== 'running') return
  const audience = await walkOf(ctx.db.reader, {
    noticeId: first.noticeId,
    reach: first.reach,
    earlierBulks:
      first.reach === 'told' ? await bulksBefore(ctx.db.reader, first.noticeId, first.version) : [],
  })
  const until = ctx.clock.now() + STINT_MS
  const read = pageReader(ctx, audience)
  let row: FanoutRow | null = first
  while (row !== null && row.state === 'running') {
    if (ctx.clock.now() >= until) {
      await handOver(ctx, row, job)
      break
    }
    const page = await read.at(row)
    if (page.next !== null) read.ahead(page.next)
    row = await writePage(ctx, row, page)
  }
  await read.done()
}

async function handOver(ctx: Ctx, { id, pages }: FanoutRow, job: RunningJob | null): Promise<void> {
  await inTransaction(ctx, async (tx) => {
    await enqueue(tx, ctx, spreadJob, { fanoutId: id }, { key: `${id}:${pages}` })
    await job?.completeIn(tx)
  })
}

/** Reads the next page while the database still writes the one before. */
function pageReader({ db, config }: Pick<Ctx, 'db' | 'config'>, audience: WalkedAudience) {
  let ahead: { at: AudiencePosition; page: Promise<AudiencePage> } | null = null
  const load = async (at: AudiencePosition): Promise<AudiencePage> => {
    const page = await nextMembers(db.reader, audience, at, config.notices.spreadPageHouseholds)
    return { ...page, members: await asLiving(db, page.members) }
  }
  const isAt = (a: AudiencePosition, b: AudiencePosition): boolean =>
    a.part === b.part && a.cursorPath === b.cursorPath && a.cursorId === b.cursorId
  return {
    at: (at: AudiencePosition): Promise<AudiencePage> => {
      const known = ahead !== null && isAt(ahead.at, at) ? ahead.page : null
      return known ?? load(at)
    },
    ahead: (at: AudiencePosition): void => {
      ahead = { at, page: load(at) }
      // Whoever asks for it hears of a failure; when nobody does, it was only a guess.
      ahead.page.catch(() => undefined)
    },
    done: async (): Promise<void> => {
      await ahead?.page.catch(() => undefined)
    },
  }
}

/** Rows kept under an earlier id of the same person belong to the living one, who is told once. */
async function asLiving(db: Database, members: AudiencePage['members']): Promise<AudiencePage['members']> {
  const living = await livingResidents(
    db.reader,
    members.map(({ residentId }) => residentId),
  )
  if (living.size === 0) return members
  return members.map((member) => ({
    ...member,
    residentId: living.get(member.residentId) ?? member.residentId,
  }))
}

/**
 * One page: its messages and the cursor behind them in one transaction, so that a kill in between leaves neither.
 * Two workers cannot write the same page: the second one waits for the lock and sees that the cursor has moved.
 */
async function writePage(ctx: Ctx, row: FanoutRow, page: AudiencePage): Promise<FanoutRow | null> {
  return inTransaction(ctx, async (tx) => {
    const locked = await lockFanout(tx, row.id)
    if (locked === null || locked.state !== 'running' || locked.pages !== row.pages) return locked
    const now = ctx.clock.now()
    const added =
      page.members.length === 0
        ? 0
        : await addToBulk(
            tx,
            ctx,
            {
              bulkId: row.bulkId,
              reason: fanOutReason(row.noticeId, row.version),
              dueAt: Math.max(row.dueAt ?? now, now),
            },
            onePerResident(page.members),
          )
    const at = page.next ?? row
    const isOver = page.next === null
    const state = isOver ? ('done' as const) : ('running' as const)
    await moveFanout(tx, row.id, {
      part: at.part,
      cursorPath: at.cursorPath,
      cursorId: at.cursorId,
      state,
      movedAt: now,
      finishedAt: isOver ? now : null,
      households: page.households,
      residents: added,
    })
    if (isOver) await closeBulk(tx, ctx, row.bulkId)
    return {
      ...locked,
      part: at.part,
      cursorPath: at.cursorPath,
      cursorId: at.cursorId,
      state,
      pages: locked.pages + 1,
    }
  })
}

/** Whoever lives in two of these households hears it once, about the first. */
function onePerResident(members: AudiencePage['members']): AudiencePage['members'] {
  const seen = new Set<string>()
  return members.filter(({ residentId }) => !seen.has(residentId) && seen.add(residentId))
}

export const spreadJob = defineJob({
  name: 'notices.spread',
  payload: z.strictObject({ fanoutId: z.string() }),
  maxAttempts: 20,
  timeoutMs: 60_000,
  backoffMs: backoff(1_000, 60_000),
  run: (ctx, { fanoutId }, job) => spreadFanOut(ctx, fanoutId, job),
})

const STANDING_MOST = 20

/** Takes up what stands still, because its worker was killed: sooner than the worker's lease would end (N10). */
export const spreadSchedule = defineSchedule({
  name: 'notices.spread-standing',
  everyMs: 2_000,
  run: async (ctx) => {
    const now = ctx.clock.now()
    const standingMs = ctx.config.notices.spreadStandingSeconds * 1000
    const standing = await standingFanouts(ctx.db.reader, now - standingMs, STANDING_MOST)
    if (standing.length === 0) return
    const turn = Math.floor(now / standingMs)
    await inTransaction(ctx, async (tx) => {
      for (const { id, pages } of standing)
        await enqueue(tx, ctx, spreadJob, { fanoutId: id }, { key: `${id}:${pages}:${turn}` })
    })
  },
})
