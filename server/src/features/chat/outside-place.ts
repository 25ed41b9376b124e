import { isDuplicate, type Tx } from '../../core/db/database'
import { maskName } from '../../core/mask'
import type { Ctx } from '../../platforms/context'
import { type HouseholdSummary, householdsOf, ownNameOf, placesOfHouseholds } from '../households'
import { residentAliases, residentCard } from '../identity'
import { accountCompany, setTalk, type WaitingWords, type Writer } from '../official'
import type { ConversationRow } from './entities'
import { newConversation, openKeyOf } from './new-conversation'
import { newestOpen } from './outside-store'
import { insertConversation, lockConversation, lockOpen, updateConversation } from './store'

type Known = Pick<
  ConversationRow,
  'companyId' | 'areaPath' | 'householdId' | 'residentId' | 'channel' | 'personIndex' | 'residentName'
>

/** Where what somebody writes in WeChat's own window belongs, as far as it is known before anything is locked. */
export interface OutsidePlace {
  readonly residentIds: readonly string[]
  /** The company is what the mini-program's page named; an open conversation of another one is not meant. */
  readonly isNamed: boolean
  readonly fresh: Known
}

/** Of a resident their first home at the account's company; of somebody we do not know the account's company alone. */
export async function outsidePlace(ctx: Ctx, words: WaitingWords, writer: Writer): Promise<OutsidePlace> {
  const { reader } = ctx.db
  const { residentId } = writer
  const residentIds = residentId === null ? [] : await residentAliases(reader, residentId)
  const homes = residentId === null ? [] : await householdsOf(ctx, residentId)
  const from = words.channel === 'wechat-mini' ? readSession(ctx, writer.sessionFrom) : {}
  const wanted = from.companyId ?? (words.channel === 'wechat-oa' ? accountCompany(ctx) : null)
  const fitting = homes.filter(({ companyId }) => wanted === null || companyId === wanted)
  const home = fitting.find(({ id }) => id === from.householdId) ?? fitting[0] ?? null
  const companyId = wanted ?? home?.companyId ?? ctx.config.companies[0]?.id ?? ''
  return {
    residentIds,
    isNamed: from.companyId !== undefined,
    fresh: {
      companyId,
      areaPath: home ? ((await placesOfHouseholds(reader, [home.id])).get(home.id)?.path ?? '') : '',
      householdId: home?.id ?? null,
      residentId,
      channel: words.channel,
      personIndex: words.personIndex,
      residentName: await nameOf(ctx, home, residentIds),
    },
  }
}

async function nameOf(
  ctx: Ctx,
  home: HouseholdSummary | null,
  residentIds: readonly string[],
): Promise<string> {
  const [residentId] = residentIds
  if (residentId === undefined) return '微信用户'
  const name = home && (await ownNameOf(ctx.db.reader, ctx, { householdId: home.id, residentIds }))
  return (name ? maskName(name) : (await residentCard(ctx.db.reader, ctx, residentId))?.phoneMasked) ?? '住户'
}

/** What the mini-program's page says: `company=heating&household=…`; anything else says nothing. */
function readSession(
  { config }: Ctx,
  sessionFrom: string | null,
): { readonly companyId?: string; readonly householdId?: string } {
  const said = new URLSearchParams(sessionFrom ?? '')
  const company = config.companies.find(({ id }) => id === said.get('company'))
  const householdId = said.get('household')
  return { ...(company ? { companyId: company.id } : {}), ...(householdId === null ? {} : { householdId }) }
}

/** Their open conversation under its lock, or a new one; known as theirs from then on. */
export async function lockPlace(tx: Tx, ctx: Ctx, place: OutsidePlace): Promise<ConversationRow> {
  const { fresh, residentIds } = place
  const personIndex = fresh.personIndex ?? ''
  const open = await findOpen(tx, place)
  if (!open) {
    const row = newConversation(ctx, fresh)
    await insertConversation(tx, ctx, row)
    return row
  }
  // Another account of the same person may have been the last one.
  if (open.personIndex !== null && open.personIndex !== personIndex)
    await setTalk(tx, open.personIndex, false)
  const [residentId] = residentIds
  if (residentId === undefined || open.residentId !== null) return open
  const { areaPath, householdId, residentName } = fresh
  const home = fresh.companyId === open.companyId ? { areaPath, householdId } : {}
  const openKey = openKeyOf(residentId, open.companyId)
  return updateConversation(tx, ctx, open, { residentId, residentName, openKey, ...home })
}

async function findOpen(
  tx: Tx,
  { fresh, residentIds, isNamed }: OutsidePlace,
): Promise<ConversationRow | null> {
  const personIndex = fresh.personIndex ?? ''
  if (isNamed) {
    for (const person of [...residentIds, personIndex]) {
      const row = await lockOpen(tx, openKeyOf(person, fresh.companyId))
      if (row) return row
    }
    return null
  }
  const found = await newestOpen(tx, { residentIds, personIndex })
  if (!found) return null
  const row = await lockConversation(tx, found.id)
  return row.openKey === null ? null : row
}

/** Two processes may begin a conversation of one person at the same moment: whoever is second finds it the next time. */
export const wasBegunElsewhere = isDuplicate
