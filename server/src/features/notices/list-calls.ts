import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { callFactsOf } from '../households'
import { staffByIds } from '../staff'
import { type CallPosition, callPage, countCalls, isListed } from './call-store'
import type { CallRow } from './entities'
import { type DeskReach, deskReach, sees } from './scope'
import { areasOf, findNotice } from './store'

const MARK_WORDS: Readonly<Record<string, string>> = {
  important: '重要',
  sensitive: '敏感',
  complained: '历史投诉',
}

interface CallView extends Pick<CallRow, 'householdId' | 'mark' | 'state' | 'note' | 'at'> {
  readonly nameMasked: string
  readonly phoneMasked: string | null
  readonly address: string
  readonly byName: string | null
}

/** Whom to call about a notice, of my areas, who matters most first. Errors: not_found, invalid_input. */
export async function listCalls(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: CallView[]; nextCursor: string | null; open: number; total: number }> {
  const { reader } = ctx.db
  const reach = await deskReach(ctx)
  await assertSeen(ctx, reach, input.noticeId)
  const { noticeId, limit } = input
  const after = input.cursor === undefined ? null : positionOf(input.cursor)
  const rows = await callPage(reader, { noticeId, pieces: reach.pieces, after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const [facts, people, counts] = await Promise.all([
    callFactsOf(
      ctx,
      page.map(({ householdId }) => householdId),
    ),
    staffByIds(
      reader,
      page.flatMap(({ byStaff }) => byStaff ?? []),
    ),
    countCalls(reader, noticeId, reach.pieces),
  ])
  const last = page.at(-1)
  return {
    items: page.map(({ householdId, mark, state, note, byStaff, at }) => ({
      householdId,
      mark: MARK_WORDS[mark] ?? mark,
      nameMasked: facts.get(householdId)?.nameMasked ?? '',
      phoneMasked: facts.get(householdId)?.phoneMasked ?? null,
      address: facts.get(householdId)?.address ?? '',
      state,
      note,
      byName: byStaff === null ? null : (people.get(byStaff)?.name ?? '已停用的同事'),
      at,
    })),
    nextCursor: rows.length > limit && last ? `${last.rank}:${last.householdId}` : null,
    ...counts,
  }
}

/** Errors: not_found unless this person sees the notice. */
export async function assertSeen(ctx: Ctx, reach: DeskReach, noticeId: string): Promise<void> {
  const { reader } = ctx.db
  const notice = await findNotice(reader, noticeId)
  if (!notice || !sees(reach, notice, await areasOf(reader, [noticeId]))) throw new AppError('not_found')
}

/** Errors: not_found unless this person sees the notice and the customer in its list. */
export async function assertListed(
  ctx: Ctx,
  of: { readonly noticeId: string; readonly householdId: string },
): Promise<void> {
  const reach = await deskReach(ctx)
  await assertSeen(ctx, reach, of.noticeId)
  if (!(await isListed(ctx.db.reader, { ...of, pieces: reach.pieces }))) throw new AppError('not_found')
}

function positionOf(cursor: string): CallPosition {
  const [, rank, householdId] = /^([0-2]):([0-9A-Z]{26})$/.exec(cursor) ?? []
  if (rank === undefined || householdId === undefined) throw new AppError('invalid_input')
  return { rank: Number(rank), householdId }
}
