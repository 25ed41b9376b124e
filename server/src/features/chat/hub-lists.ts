import type { Ctx } from '../../platforms/context'
import { inScope, staffDoor } from '../staff'
import type { ConversationRow } from './entities'
import type { ListReason, Member } from './hub-member'
import { isEscalated } from './policy'
import type { News } from './wake'

/** Changes of this long are told together, so that a busy day is no flood. */
const TOGETHER_MS = 250
/** More of them at once are told as one: look at everything again. */
const ONE_BY_ONE_MAX = 50
/** What happened longer ago than this makes no sound any more. */
const NEWS_MS = 20_000

type Known = Pick<ConversationRow, 'assigneeId' | 'offeredToId' | 'residentAt' | 'escalatedAt' | 'updatedAt'>

/** Tells the lists of people at work what changed, also of conversations that they do not watch. */
export class HubLists {
  private readonly known = new Map<string, Known>()
  private readonly doubted = new Set<string>()
  private telling: NodeJS.Timeout | null = null

  /** Whose lists are told: of thousands of members those few who are at work. */
  private readonly listeners = new Set<Member>()

  constructor(private readonly ctx: Ctx) {}

  follow(member: Member): void {
    member.list = true
    this.listeners.add(member)
  }

  leave(member: Member): void {
    this.listeners.delete(member)
  }

  /** A row as it is now. */
  note(row: ConversationRow): void {
    this.doubted.delete(row.id)
    const before = this.known.get(row.id)
    if (before && before.updatedAt >= row.updatedAt) return
    this.known.delete(row.id)
    this.known.set(row.id, row)
    const oldest = this.known.size > KNOWN_MAX ? this.known.keys().next().value : undefined
    if (oldest !== undefined) this.known.delete(oldest)
    for (const member of this.listeners) {
      const { looker } = member
      if (looker.side === 'staff' && inScope(looker.staff, row))
        this.pend(member, row.id, reasonFor(looker.staff, row, before, this.ctx.clock.now()))
    }
  }

  /** Another process changed it. */
  doubt(id: string): void {
    this.doubted.add(id)
  }

  /** Reads what is doubted, where anybody's list is open. */
  async look(read: (ids: readonly string[]) => Promise<Map<string, ConversationRow>>): Promise<void> {
    const ids = [...this.doubted]
    this.doubted.clear()
    if (ids.length === 0 || this.listeners.size === 0) return
    for (let start = 0; start < ids.length; start += READ_AT_ONCE)
      for (const row of (await read(ids.slice(start, start + READ_AT_ONCE))).values()) this.note(row)
  }

  tellAll(list: Extract<News, { list: unknown }>['list']): void {
    for (const member of this.listeners) {
      const { looker } = member
      if (looker.side !== 'staff') continue
      const isMeant =
        list.staffIds === null
          ? list.companyId === null || looker.staff.companies?.includes(list.companyId) !== false
          : list.staffIds.includes(looker.staff.id)
      if (isMeant) member.give({ op: 'list', conversationId: list.conversationId, why: list.why })
    }
  }

  private pend(member: Member, id: string, why: ListReason): void {
    if (why !== 'changed' || !member.pendingList.has(id)) member.pendingList.set(id, why)
    this.telling ??= setTimeout(() => {
      this.telling = null
      for (const each of this.listeners) tell(each)
    }, TOGETHER_MS).unref()
  }
}

const KNOWN_MAX = 20_000
const READ_AT_ONCE = 500

function tell(member: Member): void {
  const pending = [...member.pendingList]
  member.pendingList.clear()
  const isFlood = pending.length > ONE_BY_ONE_MAX
  if (isFlood) member.give({ op: 'list', conversationId: null, why: 'changed' })
  for (const [conversationId, why] of pending)
    if (!isFlood || why !== 'changed') member.give({ op: 'list', conversationId, why })
}

/** What this change is to this person; `changed` where it makes no sound. */
function reasonFor(
  staff: { readonly id: string; readonly roles: readonly string[] },
  row: ConversationRow,
  before: Known | undefined,
  now: number,
): ListReason {
  const isNew = (at: number | null, was: number | null | undefined): boolean =>
    at !== null && (before ? at !== was : at > now - NEWS_MS)
  if (row.offeredToId === staff.id && before?.offeredToId !== staff.id) return 'assigned'
  if (row.assigneeId === staff.id) {
    // Of a conversation that was not seen before, what happened last counts.
    const saidLast = before !== undefined || (row.residentAt ?? 0) >= (row.assignedAt ?? 0)
    if (before && before.assigneeId !== staff.id) return 'assigned'
    if (saidLast && isNew(row.residentAt, before?.residentAt)) return 'message'
    if (!before && isNew(row.assignedAt, null)) return 'assigned'
  }
  const isMine = row.assigneeId === staff.id || staff.roles.includes('supervisor')
  if (isMine && isEscalated(row) && isNew(row.escalatedAt, before?.escalatedAt)) return 'escalated'
  return 'changed'
}

/** Whether somebody may follow lists at all. */
export function mayList(member: Member): boolean {
  return member.looker.side === 'staff' && staffDoor.may('chatDesk.list', member.looker.staff)
}
