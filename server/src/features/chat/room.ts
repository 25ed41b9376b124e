import type { Ctx } from '../../platforms/context'
import type { ChatMessageRow, ConversationRow } from './entities'
import type { FrameOut } from './frames'
import type { Member, Watch } from './hub-member'
import { type Looker, mayRead } from './looker'
import { presentConversations } from './present-conversation'
import { presentDesk } from './present-desk'
import { presentMessages } from './present-message'
import { findConversation, messagesAfter, recalledAmong } from './store'

/** Messages that this process has committed itself are kept so far, so that giving them needs no look. */
const TAIL_MAX = 60
const PAGE = 100

/**
 * One conversation that somebody in this process follows. What is new is given by one run at a time, which goes on until
 * nothing is: each member gets the rows behind the last one they were given, in order, whatever told us of them.
 */
export class Room {
  readonly watchers = new Map<Member, Watch>()
  row: ConversationRow | null = null
  private tail: ChatMessageRow[] = []
  private changed: ChatMessageRow[] = []
  /** The row may have changed without this process. */
  private isStale = true
  /** Other processes may have recalled something, since then. */
  private recallsSince: number | null = null
  private running: Promise<void> | null = null
  private again = false

  constructor(
    readonly id: string,
    private readonly ctx: Ctx,
    /** Told when it may look different to somebody. */
    private readonly showFace: (room: Room) => void,
  ) {}

  /** Somebody follows it from here on; the row is as it was read for them. */
  begin(member: Member, watch: Watch, row: ConversationRow): void {
    if (this.row === null || row.version > this.row.version) this.row = row
    watch.face = faceOf(member.looker, row)
    watch.reads = readsOf(row)
    this.watchers.set(member, watch)
    member.watches.set(this.id, watch)
    // What was committed between that look and now was told to nobody.
    this.doubt()
  }

  /** What this process committed. */
  take(
    row: ConversationRow,
    message: ChatMessageRow | undefined,
    changed: readonly ChatMessageRow[] = [],
  ): void {
    if (this.row !== null && row.version !== this.row.version + 1) this.doubt()
    if (this.row === null || row.version > this.row.version) this.row = row
    if (changed.length > 0) {
      this.changed.push(...changed)
      this.tail = []
    }
    if (message === undefined) return
    if (message.recalledAt !== null) {
      this.changed.push(message)
      this.tail = []
    } else if (message.seq > (this.tail.at(-1)?.seq ?? 0)) this.tail.push(message)
    if (this.tail.length > TAIL_MAX) this.tail = this.tail.slice(-TAIL_MAX / 2)
  }

  /** Somebody else changed it, or may have. */
  doubt(): void {
    this.isStale = true
    this.recallsSince ??= (this.row?.updatedAt ?? 0) - OVERLAP_MS
  }

  get isDoubted(): boolean {
    return this.isStale
  }

  /** Gives everybody what they have not been given. Errors leave it doubted, for the next look to try again. */
  async flush(): Promise<void> {
    this.again = true
    this.running ??= this.run().finally(() => {
      this.running = null
    })
    return this.running
  }

  private async run(): Promise<void> {
    while (this.again && this.watchers.size > 0) {
      this.again = false
      try {
        await this.giveAll()
      } catch (error) {
        this.doubt()
        throw error
      }
    }
  }

  private async giveAll(): Promise<void> {
    const changed = this.changed
    this.changed = []
    const row = await this.readRow()
    if (row === null) return
    const recalled = [...changed, ...(await this.foreignRecalls(row))]
    for (const [member, watch] of this.watchers) {
      if (!mayRead(member.looker, row)) {
        this.drop(member)
        continue
      }
      const known = recalled.filter(({ seq }) => seq <= watch.sent)
      if (known.length > 0) await giveChanged(member, row, known)
      await this.giveMessages(member, watch, row)
      giveReads(member, watch, row)
    }
    this.showFace(this)
  }

  private async readRow(): Promise<ConversationRow | null> {
    if (!this.isStale && this.row !== null) return this.row
    this.isStale = false
    const found = await findConversation(this.ctx.db.reader, this.id)
    if (found && (this.row === null || found.version > this.row.version)) this.row = found
    return this.row
  }

  /** A recall adds no message, so those of other processes are looked for by themselves. */
  private async foreignRecalls(row: ConversationRow): Promise<ChatMessageRow[]> {
    const since = this.recallsSince
    if (since === null) return []
    this.recallsSince = null
    const found = await recalledAmong(this.ctx.db.reader, this.id, { upTo: row.lastSeq, since })
    if (found.length > 0) this.tail = []
    return found
  }

  private async giveMessages(member: Member, watch: Watch, row: ConversationRow): Promise<void> {
    while (watch.sent < row.lastSeq && this.watchers.get(member) === watch) {
      const rows = await this.rowsAfter(watch.sent)
      const last = rows.at(-1)
      if (!last) return
      const items = await presentMessages(member.ctx, member.looker, row, rows)
      const more = last.seq < row.lastSeq
      if (items.length > 0 && !member.give({ op: 'messages', conversationId: this.id, items, more })) return
      watch.sent = last.seq
    }
  }

  private async rowsAfter(seq: number): Promise<ChatMessageRow[]> {
    const first = this.tail.findIndex((row) => row.seq === seq + 1)
    const kept = first < 0 ? [] : this.tail.slice(first)
    // Where another process wrote in between there are holes here; the table has none.
    if (kept.length > 0 && kept.every((row, at) => row.seq === seq + 1 + at)) return kept
    return messagesAfter(this.ctx.db.reader, this.id, { after: seq, limit: PAGE, scope: 'staff' })
  }

  private drop(member: Member): void {
    this.watchers.delete(member)
    member.watches.delete(this.id)
    member.give(goneFrame(this.id))
  }
}

/** A change is stamped before its transaction commits, and the clocks of two machines differ. */
const OVERLAP_MS = 15_000

export async function giveChanged(
  member: Member,
  row: ConversationRow,
  rows: readonly ChatMessageRow[],
): Promise<void> {
  for (const message of await presentMessages(member.ctx, member.looker, row, rows))
    member.give({ op: 'changed', conversationId: row.id, message })
}

const readsOf = ({ residentReadSeq, staffReadSeq }: ConversationRow): string =>
  `${residentReadSeq} ${staffReadSeq}`

/** How far both sides have read. */
function giveReads(member: Member, watch: Watch, row: ConversationRow): void {
  const { id: conversationId, residentReadSeq, staffReadSeq } = row
  const reads = readsOf(row)
  if (watch.reads === reads) return
  if (member.give({ op: 'read', conversationId, residentReadSeq, staffReadSeq })) watch.reads = reads
}

/** The conversation as this member sees it now. False when it was not taken. */
export async function giveConversation(member: Member, row: ConversationRow): Promise<boolean> {
  return member.give(await conversationFrame(member, row))
}

async function conversationFrame({ ctx, looker }: Member, row: ConversationRow): Promise<FrameOut> {
  if (looker.side === 'staff') {
    const [conversation] = await presentDesk(ctx, [row])
    if (conversation) return { op: 'deskConversation', conversation }
  }
  const [conversation] = await presentConversations(ctx, [row])
  if (!conversation) throw new Error('one conversation is presented as one')
  return { op: 'conversation', conversation }
}

function goneFrame(conversationId: string): FrameOut {
  const message = '这个会话您现在不能看了，请返回刷新。'
  return { op: 'error', code: 'not_found', message, clientId: null, conversationId, retryAfterSeconds: null }
}

/** What makes a conversation look different to this side; messages and read marks are told by themselves. */
export function faceOf(looker: Looker, row: ConversationRow): string {
  const { state, topic, assigneeId, calledAt, waitingSince, idleWarnedAt, requestId, stars, householdId } =
    row
  const face = [state, topic, assigneeId, calledAt, waitingSince, idleWarnedAt, requestId, stars, householdId]
  if (looker.side === 'resident') return JSON.stringify(face)
  const { unansweredSince, answerBy, escalatedAt, priority, offeredToId, channel } = row
  // What is left of WeChat's window is counted elsewhere, and changes with anything that is said.
  const window = channel === 'app' ? null : row.updatedAt
  return JSON.stringify([...face, unansweredSince, answerBy, escalatedAt, priority, offeredToId, window])
}
