import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { inScope } from '../staff'
import type { FrameOut } from './frames'
import { type Hub, hubOf } from './hub'
import { mayList } from './hub-lists'
import type { Member } from './hub-member'
import { lookerOf } from './looker'
import { changedAfter, conversationsByIds } from './store'

/** Where a client without a socket stands. */
export interface PollInput {
  /** What it has of each conversation: the last number, and the version of the conversation it shows. */
  readonly watches: readonly {
    readonly conversationId: string
    readonly after: number
    readonly version: number
  }[]
  /** Of staff: when the last answer came (its `at`), so that nothing of the lists is missed; null follows no list. */
  readonly listSince: number | null
  readonly waitMs: number
}

/** Everything that belongs together arrives within this. */
const TOGETHER_MS = 30
const LIST_MAX = 50
const OVERLAP_MS = 15_000

/** A poll that stands: what comes is collected until it is taken. */
export interface Poll {
  /** Waits until there is something, the time is over or nobody listens any more. Called once. */
  take(gone: AbortSignal): Promise<{ frames: FrameOut[]; at: number }>
}

/**
 * The same frames as over a socket, for clients that can open none: what is new already, or else what comes within the
 * wait. `at` is for the next call. Errors: not_found, forbidden, busy when too many wait.
 */
export async function beginPoll(ctx: Ctx, input: PollInput): Promise<Poll> {
  const hub = hubOf(ctx)
  const frames: FrameOut[] = []
  let wake = (): void => undefined
  const member: Member = {
    ctx,
    looker: await lookerOf(ctx),
    watches: new Map(),
    list: input.listSince !== null,
    pendingList: new Map(),
    give: (frame) => {
      frames.push(frame)
      wake()
      return true
    },
    end: () => wake(),
  }
  if (member.list && !mayList(member)) throw new AppError('forbidden')
  assertRoom(hub, member)
  const at = ctx.clock.now()
  const leave = hub.join(member)
  try {
    await hub.inTurn(() => catchUp(ctx, member, input))
  } catch (error) {
    leave()
    throw error
  }
  return {
    take: async (gone) => {
      if (frames.length === 0 && !gone.aborted && !ctx.stopping.aborted)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, input.waitMs)
          wake = () => {
            clearTimeout(timer)
            setTimeout(resolve, TOGETHER_MS)
          }
          for (const signal of [gone, ctx.stopping]) signal.addEventListener('abort', wake, { once: true })
        })
      ctx.stopping.removeEventListener('abort', wake)
      leave()
      return { frames, at }
    },
  }
}

/** A poll is a place like a socket. */
function assertRoom(hub: Hub, { ctx }: Member): void {
  const { perProcess, perPerson } = ctx.config.sockets
  const mine = ctx.resident?.sessionId ?? ctx.staff?.sessionId
  const own = [...hub.members.keys()].filter(
    (each) => (each.ctx.resident ?? each.ctx.staff)?.sessionId === mine,
  )
  if (hub.members.size >= perProcess || own.length >= perPerson)
    throw new AppError('busy', { message: '打开的页面太多了，请关掉几个再试。', retryAfterSeconds: 5 })
}

async function catchUp(ctx: Ctx, member: Member, { watches, listSince }: PollInput): Promise<void> {
  const hub = hubOf(ctx)
  for (const { conversationId, after, version } of watches)
    await hub.watch(member, { conversationId, after, knownVersion: version })
  if (listSince === null || member.looker.side !== 'staff') return
  const { reader } = ctx.db
  const changed = await changedAfter(reader, { at: listSince - OVERLAP_MS, id: '' }, LIST_MAX + 1)
  const fresh = changed.filter(({ updatedAt }) => updatedAt > listSince)
  if (changed.length > LIST_MAX) return void member.give({ op: 'list', conversationId: null, why: 'changed' })
  const rows = await conversationsByIds(
    reader,
    fresh.map(({ id }) => id),
  )
  for (const row of rows.values())
    if (inScope(member.looker.staff, row)) member.give({ op: 'list', conversationId: row.id, why: 'changed' })
}
