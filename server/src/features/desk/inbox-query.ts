import type { z } from 'zod'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import { householdIdsByAccountNo } from '../households'
import {
  type InboxFilter,
  type InboxKeys,
  type InboxPosition,
  type InboxScope,
  type InboxSort,
  phoneIndexOf,
  phoneTailIndexOf,
  type RequestState,
  requestState,
} from '../requests'
import type { inboxQuery } from './schema'

export type InboxQuery = z.infer<typeof inboxQuery>

/** What this person may see, of one company when it is asked for; another's is simply not there. */
export function inboxScope(ctx: Ctx, companyId?: string): InboxScope {
  const { companies, areaPaths } = staffOf(ctx)
  const all = ctx.config.companies.map(({ id }) => id)
  const seen = companies === null ? all : all.filter((id) => companies.includes(id))
  return { companies: companyId === undefined ? seen : seen.filter((id) => id === companyId), areaPaths }
}

/**
 * The filter that a list's question means; without `states` it is everything. Null when nothing can be found, such as the team of somebody who has none. Errors: invalid_input.
 */
export async function inboxFilter(ctx: Ctx, query: InboxQuery): Promise<InboxFilter | null> {
  const staff = staffOf(ctx)
  const scope = inboxScope(ctx, query.companyId)
  if (query.tab === 'team' && staff.teamId === null) return null
  if (query.tab === 'team' && query.teamId !== undefined && query.teamId !== staff.teamId) return null
  if (query.tab === 'mine' && query.assigneeId !== undefined && query.assigneeId !== staff.id) return null
  const keys = query.q ? await keysOf(ctx, scope, query.q) : undefined
  return {
    scope,
    now: ctx.clock.now(),
    ...statesOf(query),
    class: query.class,
    typeId: query.typeId,
    teamId: query.tab === 'team' ? (staff.teamId ?? undefined) : query.teamId,
    assigneeId: query.tab === 'mine' ? staff.id : query.assigneeId,
    noticeId: query.noticeId,
    areaPiece: query.areaId === undefined ? undefined : `${query.areaId}/`,
    due: query.due,
    from: query.from,
    to: query.to,
    keys,
  }
}

const OVER: readonly RequestState[] = ['closed', 'merged', 'cancelled']
/** What somebody at the company still has to do; what is resolved waits for its resident. */
const WORKING = requestState.options.filter((state) => !OVER.includes(state) && state !== 'resolved')

function statesOf({ states, due }: InboxQuery): { openOnly: boolean; states?: RequestState[] } {
  const named = namedStates(states)
  // Nothing is due any more where nothing is to be done.
  if (due !== undefined || states === 'open') return { openOnly: true, ...named }
  if (!named.states) return { openOnly: false }
  return { openOnly: !named.states.some((state) => OVER.includes(state)), ...named }
}

function namedStates(states: string | undefined): { states?: RequestState[] } {
  if (!states || states === 'open' || states === 'all') return {}
  if (states === 'working') return { states: WORKING }
  const named = states.split(',').map((state) => requestState.safeParse(state.trim()))
  if (named.some(({ success }) => !success))
    throw new AppError('invalid_input', { fields: [{ path: 'states', message: '没有这个状态' }] })
  return { states: named.flatMap(({ data }) => data ?? []) }
}

/** A request's number, a phone or its last four digits, an account number. What looks like two is looked for as both. */
async function keysOf(ctx: Ctx, scope: InboxScope, q: string): Promise<InboxKeys> {
  const text = q.replace(/\s+/g, '').toUpperCase()
  const digits = text.replace(/-/g, '')
  const isNumber = /^[A-Z]{1,4}\d{6,}-?\d+$/.test(text)
  const isDigits = /^\d{4,20}$/.test(digits)
  if (!isNumber && !isDigits) {
    const message = '请输入诉求编号、户号、手机号或手机尾号后四位'
    throw new AppError('invalid_input', { message: `${message}。`, fields: [{ path: 'q', message }] })
  }
  return {
    numbers: isNumber ? [text] : [],
    householdIds: isDigits ? await householdIdsByAccountNo(ctx.db.reader, scope.companies, digits) : [],
    phoneIndexes:
      isDigits && digits.length >= 7
        ? [...new Set([text, digits])].map((phone) => phoneIndexOf(ctx, phone))
        : [],
    phoneTailIndexes:
      digits.length === 4 ? scope.companies.map((companyId) => phoneTailIndexOf(ctx, companyId, digits)) : [],
  }
}

/** A place in the list as text that says nothing to a client and is refused when it is of another order. */
export function encodePosition(sort: InboxSort, { at, id }: InboxPosition): string {
  return Buffer.from(`${sort} ${at} ${id}`).toString('base64url')
}

export function decodePosition(sort: InboxSort, cursor: string): InboxPosition {
  const match = /^(due|newest|updated) (\d{1,16}) ([0-9A-HJKMNP-TV-Z]{26})$/.exec(
    Buffer.from(cursor, 'base64url').toString(),
  )
  if (!match?.[3] || match[1] !== sort)
    throw new AppError('invalid_input', { fields: [{ path: 'cursor', message: '请从头刷新列表' }] })
  return { at: Number(match[2]), id: match[3] }
}
