import type { CatalogueBody } from '../catalogue'
import type { Actor } from './actor'
import type { RequestRow } from './entities'
import type { HoldReason, RequestState } from './schema'
import type { MoveName } from './states'
import type { RequestChanges } from './store'
import { HOLD_WORDS, whenInWords, workerTitle } from './words'

/** What a move writes on the row beside the state and the clocks, and how the timeline says it. Pure. */

export interface MoveGiven {
  readonly move: MoveName
  readonly by: Actor
  readonly words?: string | undefined
  readonly reason?: string | undefined
  readonly holdReason?: HoldReason | undefined
  /** For `hold`: when to look again. */
  readonly until?: number | null | undefined
  readonly assign?:
    | { readonly teamId: string; readonly staffId: string | null; readonly answerBy: number | null }
    | undefined
  readonly parentId?: string | undefined
  /** For `join`: the outage that it is part of. */
  readonly notice?: { readonly id: string; readonly title: string } | undefined
}

export interface MoveWorld {
  readonly now: number
  readonly to: RequestState
  readonly body: CatalogueBody
  readonly autoCloseMs: number
  readonly rateReminderMs: number
  /** Whether this round was rated already. */
  readonly rated: boolean
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

export function effectsOf(request: RequestRow, given: MoveGiven, world: MoveWorld): RequestChanges {
  const { to } = world
  const openSlot = to === 'closed' || to === 'cancelled' || to === 'merged' ? null : 1
  return { state: to, openSlot, ...ofState(request, world), ...ofMove(request, given, world) }
}

/** What a state brings with it, whichever move leads there. */
function ofState(request: RequestRow, world: MoveWorld): RequestChanges {
  const { now, to, body } = world
  const reopenUntil = now + body.reopenHours * HOUR_MS
  switch (to) {
    case 'resolved':
      return { resolvedAt: now, reopenUntil, answerBy: null, wake: 'close', wakeAt: now + world.autoCloseMs }
    case 'closed':
      return {
        resolvedAt: request.resolvedAt ?? now,
        closedAt: now,
        reopenUntil,
        answerBy: null,
        surveyAt: now + body.surveyAfterDays * DAY_MS,
        ...(world.rated
          ? { wake: 'survey', wakeAt: now + body.surveyAfterDays * DAY_MS }
          : { wake: 'rate', wakeAt: now + world.rateReminderMs }),
      }
    case 'cancelled':
      return { closedAt: now, reopenUntil: null, answerBy: null, wake: null, wakeAt: null, holdUntil: null }
    default:
      return {}
  }
}

const NOT_HELD = { stateBefore: null, holdReason: null, holdUntil: null, wake: null, wakeAt: null } as const

function reopenedChanges(request: RequestRow, now: number): RequestChanges {
  return {
    reopened: request.reopened + 1,
    reopenedAt: now,
    resolvedAt: null,
    closedAt: null,
    reopenUntil: null,
    surveyAt: null,
    ...NOT_HELD,
    escalation: 0,
    checked: '[]',
    assigneeId: null,
    answerBy: null,
  }
}

function ofMove(request: RequestRow, given: MoveGiven, world: MoveWorld): RequestChanges {
  const { now } = world
  switch (given.move) {
    case 'return':
      return { assigneeId: null, answerBy: null }
    case 'dispatch':
      return {
        teamId: given.assign?.teamId ?? null,
        assigneeId: given.assign?.staffId ?? null,
        answerBy: given.assign?.answerBy ?? null,
      }
    case 'set-out':
    case 'arrive':
      return { answerBy: null }
    case 'hold':
      return {
        stateBefore: request.state,
        holdReason: given.holdReason ?? null,
        holdUntil: given.until ?? null,
        answerBy: null,
        ...(given.until ? { wake: 'hold', wakeAt: given.until } : {}),
      }
    case 'resume':
      return NOT_HELD
    case 'reopen':
      return { ...reopenedChanges(request, now), parentId: null, mergedState: null }
    case 'merge':
      return {
        mergedState: request.state,
        parentId: given.parentId ?? null,
        children: 0,
        answerBy: null,
        wake: null,
        wakeAt: null,
      }
    case 'join':
      return {
        mergedState: request.state,
        noticeId: given.notice?.id ?? null,
        answerBy: null,
        wake: null,
        wakeAt: null,
      }
    case 'split':
      return {
        mergedState: null,
        parentId: null,
        noticeId: null,
        ...(request.mergedState === 'on-hold' && request.holdUntil !== null
          ? { wake: 'hold', wakeAt: request.holdUntil }
          : {}),
      }
    case 'follow':
      return world.to === 'merged' ? { ...reopenedChanges(request, now), mergedState: 'accepted' } : {}
    case 'restore':
      // The question that comes with the restoration is enough; nobody is asked to rate an outage.
      return {
        noticeId: given.notice?.id ?? request.noticeId,
        mergedState: null,
        surveyAt: null,
        wake: null,
        wakeAt: null,
      }
    case 'accept':
    case 'resolve':
    case 'close':
    case 'cancel':
      return {}
  }
}

export interface MoveNames {
  readonly worker: string | null
  readonly team: string | null
}

/** The line of the timeline, in a resident's words. */
export function titleOf(given: MoveGiven, to: RequestState, names: MoveNames, now: number): string {
  const worker = workerTitle(names.worker ?? given.by.name ?? '')
  switch (given.move) {
    case 'accept':
      return '已受理，正在安排'
    case 'return':
      return '正在重新安排'
    case 'dispatch':
      return names.worker ? `已安排${worker}` : `已交给${names.team ?? '班组'}，正在安排师傅`
    case 'set-out':
      return `${worker}已出发`
    case 'arrive':
      return `${worker}已到达`
    case 'hold': {
      const until = given.until ? `，${whenInWords(given.until, now)}再看` : ''
      return `暂停处理：${given.holdReason ? HOLD_WORDS[given.holdReason] : ''}${until}`
    }
    case 'resume':
      return '继续处理'
    case 'resolve':
      return '已处理完，请您确认'
    case 'close':
      return '已办结'
    case 'cancel':
      return given.by.kind === 'resident' ? '撤销了' : '已撤销'
    case 'reopen':
      return given.by.kind === 'resident' ? '反馈没解决，重新处理' : '重新处理'
    case 'merge':
      return '和邻居的同一问题一起处理'
    case 'join':
      return `并入停供通知：${given.notice?.title ?? ''}`
    case 'restore':
      return '已恢复供应，办结'
    case 'split':
      return '单独继续处理'
    case 'follow':
      return to === 'merged' ? '同一问题重新处理' : to === 'resolved' ? '已处理完，请您确认' : '已办结'
  }
}

/** Words that a resident reads; what is said with other moves is between people at work. */
const SAID_TO_RESIDENTS: readonly MoveName[] = [
  'accept',
  'hold',
  'resume',
  'resolve',
  'close',
  'cancel',
  'reopen',
  'follow',
]

export function isSaidToResidents(move: MoveName): boolean {
  return SAID_TO_RESIDENTS.includes(move)
}
