import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { talkersOf } from '../staff'
import { countAtDesk, offeredTo, QUEUE_START, type QueuePosition, queuePage } from './desk-store'
import type { ConversationRow, ConversationState } from './entities'
import { readPosition, writePosition } from './position'
import { presentDesk } from './present-desk'
import { conversationsInScope, FIRST_PAGE } from './store'
import type { DeskConversation } from './views-schema'

interface DeskListInput {
  readonly tab: 'mine' | 'waiting' | 'team' | 'all' | 'closed'
  readonly companyId?: string | undefined
  readonly cursor?: string | undefined
  readonly limit: number
}

/** Conversations of my companies and areas: mine, those that wait, of my team, all that are open, or ended ones. */
export async function listDeskChats(
  ctx: Ctx,
  input: DeskListInput,
): Promise<{
  items: DeskConversation[]
  counts: { mine: number; waiting: number; unread: number }
  nextCursor: string | null
}> {
  const staff = staffOf(ctx)
  const [page, counts] = await Promise.all([
    input.tab === 'waiting' ? waitingPage(ctx, input) : pageByTime(ctx, input),
    countAtDesk(ctx.db.reader, staff, input.companyId),
  ])
  return { items: await presentDesk(ctx, page.rows), counts, nextCursor: page.nextCursor }
}

interface Page {
  readonly rows: readonly ConversationRow[]
  readonly nextCursor: string | null
}

const STATES: Readonly<Record<Exclude<DeskListInput['tab'], 'waiting'>, readonly ConversationState[]>> = {
  mine: ['active'],
  team: ['active'],
  all: ['bot', 'waiting', 'active'],
  closed: ['closed'],
}

async function pageByTime(ctx: Ctx, input: DeskListInput): Promise<Page> {
  const staff = staffOf(ctx)
  const { reader } = ctx.db
  const { tab, companyId, cursor, limit } = input
  if (tab === 'waiting') throw new Error('the queue has an order of its own')
  const assigneeIds = tab === 'mine' ? [staff.id] : tab === 'team' ? await teamMates(ctx) : undefined
  const rows = await conversationsInScope(reader, staff, {
    states: STATES[tab],
    companyId,
    ...(assigneeIds === undefined ? {} : { assigneeIds }),
    after: cursor === undefined ? FIRST_PAGE : readPosition(cursor),
    limit,
  })
  const last = rows.at(-1)
  // What a colleague holds out to me stands above my own.
  const offered =
    tab === 'mine' && cursor === undefined ? await offeredTo(reader, staff, ctx.clock.now()) : []
  return {
    rows: [...offered.filter(({ assigneeId }) => assigneeId !== staff.id), ...rows],
    nextCursor: last && rows.length === limit ? writePosition({ at: last.lastAt, id: last.id }) : null,
  }
}

/** Of my team, or all talkers where I have none. */
async function teamMates(ctx: Ctx): Promise<string[]> {
  const { teamId } = staffOf(ctx)
  const talkers = await talkersOf(ctx.db.reader)
  return talkers.filter((talker) => teamId === null || talker.teamId === teamId).map(({ id }) => id)
}

async function waitingPage(ctx: Ctx, input: DeskListInput): Promise<Page> {
  const { companyId, cursor, limit } = input
  const after = cursor === undefined ? QUEUE_START : readQueuePosition(cursor)
  const rows = await queuePage(ctx.db.reader, staffOf(ctx), { companyId, after, limit })
  const last = rows.at(-1)
  return {
    rows,
    nextCursor:
      last && rows.length === limit ? `${last.priority}.${last.waitingSince ?? 0}.${last.id}` : null,
  }
}

function readQueuePosition(cursor: string): QueuePosition {
  const match = /^(\d{1,9})\.(\d{1,16})\.([0-9A-HJKMNP-TV-Z]{26})$/.exec(cursor)
  if (!match) throw new AppError('invalid_input', { detail: 'cursor' })
  return { priority: Number(match[1]), since: Number(match[2]), id: match[3] ?? '' }
}
