import { chatRulesOf } from '../../core/config/chat'
import { companyOf } from '../../core/config/companies'
import { DAY_MS } from '../../core/clock'
import { inTransaction, isDuplicate, type Tx } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { maskName } from '../../core/mask'
import { type Ctx, residentOf } from '../../platforms/context'
import { type HouseholdSummary, householdsOf, ownNameOf, placesOfHouseholds } from '../households'
import { residentAliases, residentCard } from '../identity'
import { appendMessage } from './append-message'
import { showCards } from './cards'
import type { ConversationRow } from './entities'
import { newConversation, openKeyOf } from './new-conversation'
import { insertConversation, lockOpen } from './store'
import type { CardRef } from './stored-content'

export interface OpenInput {
  readonly companyId?: string | undefined
  readonly householdId?: string | undefined
  readonly about?: { readonly type: 'bill' | 'request' | 'notice'; readonly id: string } | undefined
}

/**
 * The resident's open conversation with a company, or a new one; what they came from stands in it as a card of theirs,
 * once. Errors: not_found for a household that is not bound or a company that is not configured, rate_limited.
 */
export async function openChat(ctx: Ctx, input: OpenInput): Promise<ConversationRow> {
  const resident = residentOf(ctx)
  const [ids, homes] = await Promise.all([
    residentAliases(ctx.db.reader, resident.id),
    householdsOf(ctx, resident.id),
  ])
  const home = homeOf(homes, input)
  const companyId = input.companyId ?? home?.companyId ?? ctx.config.companies[0]?.id ?? ''
  companyOf(ctx, companyId)
  const begun = { companyId, home: home?.companyId === companyId ? home : null, ids }
  const row = await openOne(ctx, begun)
  return input.about === undefined ? row : addAbout(ctx, ids, row, input.about)
}

/** The one that was named, or the only one or first of that company. Errors: not_found. */
function homeOf(homes: readonly HouseholdSummary[], input: OpenInput): HouseholdSummary | null {
  if (input.householdId === undefined)
    return homes.find((each) => input.companyId === undefined || each.companyId === input.companyId) ?? null
  const named = homes.find(({ id }) => id === input.householdId)
  if (!named) throw new AppError('not_found', { detail: 'household not bound' })
  return named
}

interface Begun {
  readonly companyId: string
  readonly home: HouseholdSummary | null
  readonly ids: readonly string[]
}

async function openOne(ctx: Ctx, begun: Begun): Promise<ConversationRow> {
  const known = await inTransaction(ctx, (tx) => findOpen(tx, begun))
  if (known) return known
  const [living = ''] = begun.ids
  const perDay = { limit: ctx.config.chat.opensPerDay, windowMs: DAY_MS }
  await ctx.limiter.take(`chat-open:${living}`, perDay)
  const fresh = await freshFor(ctx, living, begun)
  try {
    return await inTransaction(ctx, async (tx) => {
      await insertConversation(tx, ctx, fresh)
      return fresh
    })
  } catch (error) {
    if (!isDuplicate(error)) throw error
    // Two devices opened it in the same moment; the other one was first.
    const first = await inTransaction(ctx, (tx) => findOpen(tx, begun))
    if (!first) throw error
    return first
  }
}

/** Also one that was opened under an earlier id of the same person. */
async function findOpen(tx: Tx, { ids, companyId }: Begun): Promise<ConversationRow | null> {
  for (const id of ids) {
    const row = await lockOpen(tx, openKeyOf(id, companyId))
    if (row) return row
  }
  return null
}

async function freshFor(
  ctx: Ctx,
  residentId: string,
  { companyId, home, ids }: Begun,
): Promise<ConversationRow> {
  const { reader } = ctx.db
  const [places, name, card] = await Promise.all([
    home ? placesOfHouseholds(reader, [home.id]) : null,
    home ? ownNameOf(reader, ctx, { householdId: home.id, residentIds: ids }) : null,
    residentCard(reader, ctx, residentId),
  ])
  return newConversation(ctx, {
    companyId,
    areaPath: home ? (places?.get(home.id)?.path ?? '') : '',
    householdId: home?.id ?? null,
    residentId,
    channel: 'app',
    personIndex: null,
    residentName: (name ? maskName(name) : card?.phoneMasked) ?? '住户',
  })
}

async function addAbout(
  ctx: Ctx,
  ids: readonly string[],
  row: ConversationRow,
  about: CardRef,
): Promise<ConversationRow> {
  const cards = await showCards(ctx, { side: 'resident', ids }, row, [about])
  if (cards(about).gone) return row
  return inTransaction(ctx, async (tx) => {
    const open = await lockOpen(tx, row.openKey ?? '')
    if (!open) return row
    const added = await appendMessage(tx, ctx, open, {
      senderKind: 'resident',
      senderId: residentOf(ctx).id,
      senderName: open.residentName,
      clientId: `about-${about.type}-${about.id}`,
      body: { kind: 'card', card: { type: about.type, id: about.id }, text: null },
    })
    return added.conversation
  })
}

/** What residents of this company may say that it is about. */
export function topicsOf(ctx: Ctx, companyId: string): { id: string; name: string }[] {
  return chatRulesOf(ctx, companyId).topics.map(({ id, name }) => ({ id, name }))
}
