import type { SignedInStaff } from '../../core/context'
import { type Database, outsideTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { type ChangedRow, changedSince, type InboxPosition } from '../requests'
import { inScope, refreshStaff, staffDoor } from '../staff'
import { lookAtNotices, type NoticeNews, type SeenNotices } from './look-at-notices'

/** One open page of the console. */
export interface LiveClient {
  /** Writes one piece; false when the page reads too slowly and has to connect again. */
  readonly write: (text: string) => boolean
  readonly end: () => void
}

const POLL_MS = 700
const BEAT_MS = 15_000
/**
 * How far back each look goes: a change is stamped before its transaction commits, and the clocks of two machines
 * differ. What was told already is remembered and not told again.
 */
const OVERLAP_MS = 15_000
const PAGE = 500
/** More changes than this at once are told as one: look at everything again. */
const PAGES_MAX = 6
const CLIENTS_MAX = 1000
const CLIENTS_PER_PERSON = 8

interface Member {
  staff: SignedInStaff
  readonly client: LiveClient
}

/** Follows the tail of changes for every page that is open in this process: one look serves them all. */
interface Hub {
  readonly members: Set<Member>
  /** Change by request id, within the overlap. */
  readonly told: Map<string, { stamp: string; at: number }>
  readonly notices: SeenNotices
  lookedAt: number
  beatAt: number
  /** Settles when the tail was read for the first time, so that nothing can be missed from then on. */
  primed: Promise<void> | null
}

const hubs = new WeakMap<Database, Hub>()

function hubOf(ctx: Ctx): Hub {
  const known = hubs.get(ctx.db)
  if (known) return known
  const hub: Hub = {
    members: new Set(),
    told: new Map(),
    notices: new Map(),
    lookedAt: 0,
    beatAt: 0,
    primed: null,
  }
  hubs.set(ctx.db, hub)
  return hub
}

const GREETING = 'retry: 2000\n: here\n\n'
const BEAT = ': still here\n\n'
const AGAIN = eventOf({ topic: 'request', requestId: null })

function eventOf(news: object): string {
  return `data: ${JSON.stringify(news)}\n\n`
}

/**
 * Tells a page what others change, as long as its person may see it. Whatever the page reads after the greeting is
 * complete: later changes come by themselves. Answers how to leave. Errors: busy when too many pages are open.
 */
export async function followChanges(ctx: Ctx, staff: SignedInStaff, client: LiveClient): Promise<() => void> {
  const hub = hubOf(ctx)
  const own = [...hub.members].filter((member) => member.staff.id === staff.id)
  if (ctx.stopping.aborted || hub.members.size >= CLIENTS_MAX || own.length >= CLIENTS_PER_PERSON)
    throw new AppError('busy', { message: '打开的页面太多了，请关掉几个再试。', retryAfterSeconds: 10 })
  const member: Member = { staff, client }
  hub.members.add(member)
  try {
    await (hub.primed ??= startLooking(ctx, hub))
  } catch (error) {
    hub.members.delete(member)
    throw error
  }
  client.write(GREETING)
  return () => void hub.members.delete(member)
}

async function startLooking(ctx: Ctx, hub: Hub): Promise<void> {
  hub.told.clear()
  hub.notices.clear()
  hub.lookedAt = ctx.clock.now()
  hub.beatAt = ctx.clock.now()
  try {
    await lookAtNotices(ctx.db.reader, hub.notices, ctx.clock.now() - OVERLAP_MS)
    await look(ctx, hub)
  } catch (error) {
    hub.primed = null
    throw error
  }
  outsideTransaction(() => void keepLooking(ctx, hub))
}

async function keepLooking(ctx: Ctx, hub: Hub): Promise<void> {
  while (hub.members.size > 0 && !ctx.stopping.aborted) {
    await pause(ctx.stopping)
    if (ctx.stopping.aborted) break
    try {
      const since = Math.min(ctx.clock.now(), hub.lookedAt) - OVERLAP_MS
      tellOfNotices(hub, await lookAtNotices(ctx.db.reader, hub.notices, since))
      tell(hub, await look(ctx, hub))
      await beat(ctx, hub)
    } catch (error) {
      // The next look reaches back to the last one that worked.
      ctx.log.warn({ err: error }, 'desk.live-look-failed')
    }
  }
  hub.primed = null
  for (const { client } of hub.members) client.end()
  hub.members.clear()
}

function pause(stopping: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      stopping.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, POLL_MS)
    timer.unref()
    stopping.addEventListener('abort', done)
  })
}

/** What changed since the last look and was not told yet; null when it is too much to be told one by one. */
async function look(ctx: Ctx, hub: Hub): Promise<ChangedRow[] | null> {
  const now = ctx.clock.now()
  const since = Math.min(now, hub.lookedAt) - OVERLAP_MS
  const fresh: ChangedRow[] = []
  let from: InboxPosition = { at: since, id: '' }
  for (let page = 1; ; page++) {
    const rows = await changedSince(ctx.db.reader, from, PAGE)
    for (const row of rows) {
      const stamp = `${row.updatedAt} ${row.version}`
      if (hub.told.get(row.id)?.stamp === stamp) continue
      hub.told.set(row.id, { stamp, at: row.updatedAt })
      fresh.push(row)
    }
    const last = rows.at(-1)
    if (!last || rows.length < PAGE) break
    if (page >= PAGES_MAX) {
      hub.lookedAt = now
      return null
    }
    from = { at: last.updatedAt, id: last.id }
  }
  hub.lookedAt = now
  for (const [id, { at }] of hub.told) if (at < since) hub.told.delete(id)
  return fresh
}

function tell(hub: Hub, news: readonly ChangedRow[] | null): void {
  if (news === null) {
    for (const member of hub.members) if (mayList(member.staff)) send(hub, member, AGAIN)
    return
  }
  for (const row of news) {
    const { id: requestId, state, version } = row
    const text = eventOf({ topic: 'request', requestId, state, version })
    for (const member of hub.members)
      if (mayList(member.staff) && inScope(member.staff, row)) send(hub, member, text)
  }
}

function tellOfNotices(hub: Hub, news: readonly NoticeNews[]): void {
  for (const { topic, companyId } of news)
    for (const member of hub.members) {
      const { companies } = member.staff
      if (mayReadNotices(member.staff) && (companies === null || companies.includes(companyId)))
        send(hub, member, eventOf({ topic }))
    }
}

const mayList = (staff: SignedInStaff): boolean => staffDoor.may('desk.list', staff)
const mayReadNotices = (staff: SignedInStaff): boolean => staffDoor.may('notices.deskList', staff)

/** Whose work has news: at the desk, or with notices. */
export function mayFollow(staff: SignedInStaff): boolean {
  return mayList(staff) || mayReadNotices(staff)
}

function send(hub: Hub, member: Member, text: string): void {
  if (member.client.write(text)) return
  hub.members.delete(member)
  member.client.end()
}

/** Keeps proxies from closing a silent stream, and ends those of people who may no longer be here. */
async function beat(ctx: Ctx, hub: Hub): Promise<void> {
  const now = ctx.clock.now()
  if (now - hub.beatAt < BEAT_MS) return
  hub.beatAt = now
  const asked = new Map<string, SignedInStaff | null>()
  for (const member of hub.members) {
    const { sessionId } = member.staff
    const known = asked.get(sessionId)
    const staff = known === undefined ? await refreshStaff(ctx, member.staff) : known
    asked.set(sessionId, staff)
    if (staff && mayFollow(staff)) {
      member.staff = staff
      send(hub, member, BEAT)
    } else {
      hub.members.delete(member)
      member.client.end()
    }
  }
}
