import type { SignedInStaff } from '../../core/context'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import { inScope, staffDoor } from '../staff'
import type { ChatMessageRow, ConversationRow } from './entities'
import type { MessageScope } from './store'

/**
 * Who reads a conversation. A worker's wallet is a resident here: at the desk of the chat people sit with the
 * console's session.
 */
export type Looker =
  | { readonly side: 'resident'; readonly ids: readonly string[] }
  | { readonly side: 'staff'; readonly staff: SignedInStaff }

/** Errors: unauthenticated. */
export async function lookerOf(ctx: Ctx): Promise<Looker> {
  if (ctx.resident) return { side: 'resident', ids: await residentAliases(ctx.db.reader, ctx.resident.id) }
  return { side: 'staff', staff: staffOf(ctx) }
}

/** What messages this side may be given at all; whispers are chosen one by one. */
export function messageScopeOf(looker: Looker): MessageScope {
  return looker.side === 'staff' ? 'staff' : 'all'
}

/** A resident their own; somebody at work those of their companies and areas. */
export function mayRead(
  looker: Looker,
  row: Pick<ConversationRow, 'residentId' | 'companyId' | 'areaPath'>,
): boolean {
  if (looker.side === 'resident') return row.residentId !== null && looker.ids.includes(row.residentId)
  return staffDoor.may('chatDesk.messages', looker.staff) && inScope(looker.staff, row)
}

/** Errors: not_found for what is not theirs; whether it exists is told to nobody. */
export function assertMayRead(looker: Looker, row: ConversationRow | null): asserts row is ConversationRow {
  if (!row || !mayRead(looker, row))
    throw new AppError('not_found', { detail: 'conversation of somebody else' })
}

/** A whisper is for whoever has the conversation, for who wrote it and for supervisors. */
export function maySee(
  looker: Looker,
  conversation: Pick<ConversationRow, 'assigneeId'>,
  row: Pick<ChatMessageRow, 'audience' | 'senderId'>,
): boolean {
  if (looker.side === 'resident') return row.audience === 'all'
  if (row.audience !== 'whisper') return true
  const { staff } = looker
  return staff.roles.includes('supervisor') || [conversation.assigneeId, row.senderId].includes(staff.id)
}

export function isMine(looker: Looker, row: Pick<ChatMessageRow, 'senderKind' | 'senderId'>): boolean {
  if (looker.side === 'resident') return row.senderKind === 'resident' && looker.ids.includes(row.senderId)
  return row.senderKind === 'staff' && row.senderId === looker.staff.id
}
