import type { Ctx } from '../../platforms/context'
import type { FrameOut } from './frames'
import { presentConversations } from './present-conversation'
import { presentDesk } from './present-desk'
import { faceOf, type Room } from './room'
import type { ConversationRow } from './entities'

/** Who has a conversation and how it stands comes this much later, and never keeps messages waiting. */
const TOGETHER_MS = 200
const AT_ONCE = 200
const RETRY_MS = 2000

/** Shows how conversations stand to whom that is new, those of one moment together: a few questions for all of them. */
export class HubFaces {
  private readonly rooms = new Set<Room>()
  private timer: NodeJS.Timeout | null = null

  constructor(private readonly ctx: Ctx) {}

  /** Something of it may look different now. */
  add(room: Room): void {
    if (changesOf(room).length === 0) return
    this.rooms.add(room)
    this.soon(TOGETHER_MS)
  }

  private soon(ms: number): void {
    this.timer ??= setTimeout(() => void this.turn(), ms).unref()
  }

  private async turn(): Promise<void> {
    let nextMs = TOGETHER_MS
    try {
      await this.give()
    } catch (error) {
      this.ctx.log.warn({ err: error }, 'chat.faces-not-given')
      nextMs = RETRY_MS
    }
    this.timer = null
    if (this.rooms.size > 0) this.soon(nextMs)
  }

  private async give(): Promise<void> {
    const rooms = [...this.rooms].slice(0, AT_ONCE)
    // Before anything is read: what changes meanwhile comes again.
    for (const room of rooms) this.rooms.delete(room)
    const changes = rooms.flatMap(changesOf)
    const rowsOf = (side: string): ConversationRow[] => [
      ...new Set(changes.flatMap(({ member, row }) => (member.looker.side === side ? [row] : []))),
    ]
    const [desk, own] = await Promise.all([
      presentDesk(this.ctx, rowsOf('staff')),
      presentConversations(this.ctx, rowsOf('resident')),
    ]).catch((error: unknown) => {
      for (const room of rooms) this.rooms.add(room)
      throw error
    })
    const frames = { staff: new Map<string, FrameOut>(), resident: new Map<string, FrameOut>() }
    for (const conversation of desk)
      frames.staff.set(conversation.id, { op: 'deskConversation', conversation })
    for (const conversation of own) frames.resident.set(conversation.id, { op: 'conversation', conversation })
    for (const { member, watch, face, row } of changes) {
      const frame = frames[member.looker.side].get(row.id)
      if (frame && member.watches.get(row.id) === watch && member.give(frame)) watch.face = face
    }
  }
}

/** Who was shown it otherwise than it is. */
function changesOf({ row, watchers }: Room) {
  if (row === null) return []
  return [...watchers].flatMap(([member, watch]) => {
    const face = faceOf(member.looker, row)
    return watch.face === face ? [] : [{ member, watch, face, row }]
  })
}
