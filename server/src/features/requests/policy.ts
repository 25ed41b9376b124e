import type { Reader } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { ServiceType } from '../catalogue'
import type { Actor } from './actor'
import type { RequestRow } from './entities'
import type { RequestState } from './schema'
import { type Move, type MoveName, MOVES, type Mover } from './states'
import { hasStepSince, rolesOfFiles } from './step-store'
import { CLASS_WORDS, MOVE_WORDS } from './words'

/** Who may make which move from where, said in words when it is refused. */

const STANDS: Readonly<Record<RequestState, string>> = {
  submitted: '还没有受理',
  accepted: '已经受理',
  dispatched: '已经派单',
  'on-the-way': '师傅已经出发',
  'on-site': '师傅已经到场',
  'on-hold': '正在暂停',
  resolved: '已经处理完',
  closed: '已经办结',
  returned: '已经退回',
  merged: '已经合并到另一单',
  cancelled: '已经撤销',
}

type Standing = Pick<RequestRow, 'state' | 'class' | 'assigneeId' | 'reopenUntil'>

/** Whether this mover may make the move now, whatever must come with it; for buttons and for the move itself. */
export function mayMove(request: Standing, move: MoveName, by: Actor, now: number): boolean {
  return whyNot(request, move, by, now) === null
}

/** The moves that this person may make now, for the page to show. */
export function movesFor(request: Standing, by: Actor, now: number): MoveName[] {
  return (Object.keys(MOVES) as MoveName[]).filter((move) => mayMove(request, move, by, now))
}

/** Errors: move_not_allowed, reopen_over. */
export function assertMay(request: Standing, move: MoveName, by: Actor, now: number): void {
  const reason = whyNot(request, move, by, now)
  if (reason) throw reason
}

function whyNot(request: Standing, move: MoveName, by: Actor, now: number): AppError | null {
  const definition: Move = MOVES[move]
  const what = MOVE_WORDS[move]
  if (!definition.from.includes(request.state))
    return refused(`这个${CLASS_WORDS[request.class]}${STANDS[request.state]}，不能再${what}。`)
  const movers = moversOf(by).filter((mover) => definition.by.includes(mover))
  if (movers.length === 0)
    return refused(
      by.kind === 'staff'
        ? `您的岗位不能${what}，请联系有权限的同事。`
        : `现在不能${what}，请刷新看看最新状态。`,
    )
  if (by.kind === 'staff' && movers.every((mover) => mover === 'worker') && !isTheirs(request, move, by))
    return refused('这一单不在您手上，请刷新看看最新状态。')
  if (move === 'reopen' && by.kind === 'resident' && (request.reopenUntil ?? 0) < now)
    return new AppError('reopen_over')
  return null
}

/**
 * A worker moves what they were given. Sending is judged by dispatch, which knows pools and leads of teams.
 */
function isTheirs(request: Standing, move: MoveName, by: Actor): boolean {
  return request.assigneeId === by.id || move === 'dispatch'
}

function moversOf(by: Actor): readonly Mover[] {
  return by.kind === 'staff' ? (by.roles as Mover[]) : [by.kind]
}

const refused = (message: string): AppError => new AppError('move_not_allowed', { message })

const EVIDENCE_WORDS = { 'after-photo': '处理后的照片', signature: '住户签字', reading: '测温记录' } as const
export type Evidence = keyof typeof EVIDENCE_WORDS

/** What the type asks for before the work counts as done and is not there yet; of this round only. */
export async function evidenceMissing(
  reader: Reader,
  request: Pick<RequestRow, 'id' | 'createdAt' | 'reopenedAt'>,
  type: Pick<ServiceType, 'evidence'>,
): Promise<Evidence[]> {
  if (type.evidence.length === 0) return []
  const since = request.reopenedAt ?? request.createdAt
  const [roles, hasReading] = await Promise.all([
    rolesOfFiles(reader, request.id, since),
    hasStepSince(reader, request.id, 'reading', since),
  ])
  return type.evidence.filter((kind) => {
    if (kind === 'reading') return !hasReading
    return !roles.has(kind === 'after-photo' ? 'after' : 'signature')
  })
}

/** Whether somebody was sent, so that evidence can be asked for. */
export function wasSent(state: RequestState): boolean {
  return state === 'dispatched' || state === 'on-the-way' || state === 'on-site'
}

/** Errors: move_not_allowed that names what is missing. */
export function refuseWithout(missing: readonly Evidence[]): void {
  if (missing.length === 0) return
  throw refused(`还缺${missing.map((kind) => EVIDENCE_WORDS[kind]).join('、')}，补上后才能办结。`)
}

/** Errors: move_not_allowed when something that the move needs did not come with it. */
export function assertNeeds(
  move: MoveName,
  given: {
    readonly words?: string | undefined
    readonly reason?: string | undefined
    readonly holdReason?: string | null | undefined
    readonly assign?: unknown
    readonly parentId?: string | undefined
    readonly notice?: unknown
  },
): void {
  const needs: readonly string[] = MOVES[move].needs
  const said = given.words?.trim() || given.reason?.trim()
  if (needs.includes('words') && !said) throw refused(`${MOVE_WORDS[move]}要写明情况。`)
  if (needs.includes('reason') && move !== 'hold' && !said) throw refused(`${MOVE_WORDS[move]}要写明原因。`)
  if (move === 'hold' && !given.holdReason) throw refused('暂停要选原因：等住户、等配件或等天气。')
  if (needs.includes('assignee') && !given.assign) throw refused('派单要选班组或师傅。')
  if (needs.includes('notice') && !given.notice) throw refused('请选择是哪一条停供通知。')
  if (needs.includes('parent') && !given.parentId) throw refused('合并要选主单。')
}
