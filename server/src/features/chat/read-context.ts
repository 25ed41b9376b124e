import { chatRulesOf } from '../../core/config/chat'
import { DAY_MS } from '../../core/clock'
import { type Ctx, staffOf } from '../../platforms/context'
import { usageOfHousehold } from '../billing'
import { householdPanel } from '../desk'
import { type DeskHousehold, deskHouseholds, gridManagersOf, householdsOf } from '../households'
import { residentAliases, residentCard } from '../identity'
import { countComplaints } from '../requests'
import { inScope } from '../staff'
import { chatsOfPerson, notesOf } from './desk-store'
import type { ConversationRow } from './entities'
import { seenConversation } from './own-conversation'
import { priorityBecause, topicWords } from './policy'
import { lastMessages } from './store'
import { openContent, wordsOf } from './stored-content'
import type { ChatContext } from './views-schema'

/** Nobody looks at more homes beside a conversation. */
const HOMES_SHOWN = 5
const CHATS_SHOWN = 5

/** Whom an agent has before them: in a conversation, or on the telephone. */
interface Facing {
  readonly companyId: string
  readonly residentId: string | null
  readonly personIndex: string | null
  /** The home it is about stands first; further ones that may be meant, such as of the caller's number. */
  readonly householdIds: readonly string[]
  /** The conversation itself, which is no earlier one. */
  readonly conversationId: string | null
}

/**
 * Beside a conversation: the resident, their homes with arrears, usage, open outages and requests, earlier chats, notes
 * and risks; nothing of it outside my companies and areas. Errors: not_found.
 */
export async function readContext(
  ctx: Ctx,
  input: { readonly conversationId: string },
): Promise<ChatContext> {
  const row = await seenConversation(
    ctx.db.reader,
    { side: 'staff', staff: staffOf(ctx) },
    input.conversationId,
  )
  const { companyId, residentId, personIndex, householdId } = row
  const context = await contextOf(ctx, {
    companyId,
    residentId,
    personIndex,
    householdIds: householdId === null ? [] : [householdId],
    conversationId: row.id,
  })
  return {
    ...context,
    resident: context.resident && { ...context.resident, nameMasked: row.residentName },
    risks: [...context.risks, ...risksOfWaiting(row)],
  }
}

/** The same for anybody whom an agent has before them. */
export async function contextOf(ctx: Ctx, facing: Facing): Promise<ChatContext> {
  const { reader } = ctx.db
  const { residentId, companyId } = facing
  const [about] = facing.householdIds
  const residentIds = residentId === null ? [] : await residentAliases(reader, residentId)
  const [card, homes] = await Promise.all([
    residentId === null ? null : residentCard(reader, ctx, residentId),
    homesOf(ctx, facing),
  ])
  const [households, chats, notes, complaints] = await Promise.all([
    householdsBeside(ctx, homes),
    chatsBeside(ctx, facing, residentIds),
    notesOf(reader, residentIds, companyId),
    about === undefined
      ? 0
      : countComplaints(reader, { householdId: about, since: ctx.clock.now() - 30 * DAY_MS }),
  ])
  return {
    resident: card && {
      id: card.id,
      nameMasked: homes[0]?.ownerNameMasked ?? '',
      phoneMasked: card.phoneMasked,
      since: card.since,
      channels: [...card.providers],
      elder: card.elder,
    },
    households,
    chats,
    notes: notes.map(({ id, words, byId, byName, at }) => ({
      id,
      words,
      byName,
      at,
      mine: byId === staffOf(ctx).id,
    })),
    risks: risksOf(ctx, companyId, { complaints, marks: households.flatMap(({ marks }) => marks) }),
  }
}

/** The one that it is about first; others of the same resident that I may see behind it. */
async function homesOf(ctx: Ctx, { residentId, householdIds }: Facing): Promise<DeskHousehold[]> {
  const bound = residentId === null ? [] : await householdsOf(ctx, residentId)
  const known = await deskHouseholds(ctx, [...householdIds, ...bound.map(({ id }) => id)])
  const place = (id: string): number => {
    const at = householdIds.indexOf(id)
    return at < 0 ? householdIds.length : at
  }
  return [...known.values()]
    .filter((home) => inScope(staffOf(ctx), home))
    .sort((a, b) => place(a.id) - place(b.id))
    .slice(0, HOMES_SHOWN)
}

async function householdsBeside(
  ctx: Ctx,
  homes: readonly DeskHousehold[],
): Promise<ChatContext['households']> {
  const managers = await gridManagersOf(
    ctx,
    ctx.db.reader,
    homes.map(({ id }) => id),
  )
  return Promise.all(
    homes.map(async (home) => {
      const [panel, usage] = await Promise.all([householdPanel(ctx, home, null), usageOfHousehold(ctx, home)])
      return { ...panel, usage, gridManager: managers.get(home.id) ?? null }
    }),
  )
}

async function chatsBeside(
  ctx: Ctx,
  { personIndex, conversationId }: Facing,
  residentIds: readonly string[],
): Promise<ChatContext['chats']> {
  const { reader } = ctx.db
  const rows = await chatsOfPerson(reader, staffOf(ctx), {
    residentIds,
    personIndex,
    exceptId: conversationId ?? '',
    limit: CHATS_SHOWN,
  })
  const last = await lastMessages(
    reader,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    const { id, lastAt, assigneeName, stars } = row
    const topic = topicWords(ctx, row)
    const newest = last.get(id)
    const lastWords = newest ? wordsOf(newest, openContent(ctx, newest)) : ''
    return { id, at: lastAt, topic, agentName: assigneeName, stars, lastWords }
  })
}

const MARK_WORDS = { important: '重要用户', sensitive: '敏感客户', complained: '一年内投诉过' } as const

function risksOf(
  ctx: Ctx,
  companyId: string,
  known: { readonly complaints: number; readonly marks: readonly (keyof typeof MARK_WORDS)[] },
): string[] {
  const { repeatComplaints } = chatRulesOf(ctx, companyId)
  return [
    ...(known.complaints >= repeatComplaints ? [`30天内${known.complaints}次投诉`] : []),
    ...[...new Set(known.marks)].map((mark) => MARK_WORDS[mark]),
  ]
}

function risksOfWaiting(row: ConversationRow): string[] {
  return [
    ...priorityBecause(row.priority).filter((words) => words !== '重复投诉' && words !== '长辈模式'),
    ...(row.reassigned > 0 ? [`已换过${row.reassigned}次客服`] : []),
  ]
}
