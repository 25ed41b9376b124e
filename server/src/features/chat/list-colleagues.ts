import { chatRulesOf } from '../../core/config/chat'
import { companyOf } from '../../core/config/companies'
import { type Ctx, staffOf } from '../../platforms/context'
import { talkersOf } from '../staff'
import type { SeatState } from './entities'
import { loadsOf, seatsOf } from './seat-store'
import { newSeat, shares } from './seats'

interface Colleague {
  readonly id: string
  readonly name: string
  readonly state: SeatState
  readonly skills: string[]
  readonly has: number
  readonly capacity: number
}

const ORDER: readonly SeatState[] = ['open', 'break', 'away', 'off']

/**
 * Agents and supervisors who share a company with me, those whose seat is open first, and the skills that a conversation
 * can be sent to. Without me. Errors: not_found for a company that is not configured.
 */
export async function listColleagues(
  ctx: Ctx,
  input: { readonly companyId?: string | undefined },
): Promise<{ items: Colleague[]; skills: { id: string; name: string }[] }> {
  const staff = staffOf(ctx)
  const { reader } = ctx.db
  const { companyId } = input
  if (companyId !== undefined) companyOf(ctx, companyId)
  const wanted = companyId === undefined ? staff.companies : [companyId]
  const talkers = (await talkersOf(reader)).filter(
    ({ id, companies }) => id !== staff.id && shares(wanted, companies) && shares(staff.companies, companies),
  )
  const ids = talkers.map(({ id }) => id)
  const [seats, loads] = await Promise.all([seatsOf(reader, ids), loadsOf(reader, ids)])
  const items = talkers.map(({ id, name, skills }) => {
    const { state, capacity } = seats.get(id) ?? newSeat(ctx, id)
    return { id, name, state, capacity, skills: [...skills], has: loads.get(id) ?? 0 }
  })
  return {
    items: items.sort(
      (a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || (a.name < b.name ? -1 : 1),
    ),
    skills: skillsOf(ctx, wanted ?? ctx.config.companies.map(({ id }) => id)),
  }
}

/** Skills by the names of their topics, once each. */
function skillsOf(ctx: Ctx, companies: readonly string[]): { id: string; name: string }[] {
  const named = new Map<string, string>()
  for (const company of companies)
    for (const { skill, name } of chatRulesOf(ctx, company).topics)
      if (skill !== null && !named.has(skill)) named.set(skill, name)
  return [...named].map(([id, name]) => ({ id, name }))
}
