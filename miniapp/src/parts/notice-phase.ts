import type { Notice } from '../api/types'
import { ahead, span } from '../format'
import type { Tone } from '../status'
import { words } from '../words'
import { leftWords } from './promise'

export type ShownState = Notice['shown']

/** What a notice needs for its words; kept notices and found ones have it alike. */
export type NoticeFacts = Pick<Notice, 'shown' | 'startsAt' | 'endsAt' | 'restoredAt'>

/** How a notice stands at one moment: its word, the box with what ticks, and when supply is gone. */
export interface NoticePhase {
  readonly shown: ShownState
  readonly text: string
  readonly tone: Tone
  /** "今天 13:00–17:00"; null for what has no times. */
  readonly span: string | null
  /** The sentence of the box; null where there is nothing to wait for. */
  readonly line: string | null
  readonly note: string | null
  /** Above what ticks: 距开始, 预计还有. */
  readonly label: string | null
  /** What ticks, never below zero; null when nothing does. */
  readonly left: string | null
}

const tones: Record<ShownState, Tone> = {
  planned: 'warn',
  'under-way': 'accent',
  extended: 'bad',
  restored: 'ok',
  cancelled: 'plain',
  general: 'plain',
}

/** The server said how it stood when it was asked; what was still to come then may have begun since. */
function shownAt({ shown, startsAt }: NoticeFacts, nowMs: number): ShownState {
  return shown === 'planned' && startsAt !== null && startsAt <= nowMs ? 'under-way' : shown
}

type Box = Pick<NoticePhase, 'line' | 'note' | 'label' | 'left'> & { readonly tone?: Tone }
const still: Box = { line: null, note: null, label: null, left: null }

/** Before it begins: until when everything works. */
function beforeBox({ startsAt }: NoticeFacts, nowMs: number): Box {
  if (startsAt === null) return still
  const line = words.notice.startsAt(ahead(startsAt, nowMs))
  return { line, note: null, label: words.notice.toStart, left: leftWords(startsAt - nowMs) }
}

/** While it lasts: until when it is expected to; never a time that is over. */
function lastingBox({ endsAt }: NoticeFacts, nowMs: number): Box {
  if (endsAt === null) return { ...still, line: words.notice.noEnd, note: words.notice.noEndNote }
  const when = ahead(endsAt, nowMs)
  if (endsAt <= nowMs)
    return { ...still, tone: 'bad', line: words.notice.overdue, note: words.notice.overdueNote(when) }
  return {
    line: words.notice.endsAt(when),
    note: null,
    label: words.notice.toEnd,
    left: leftWords(endsAt - nowMs),
  }
}

function boxOf(notice: NoticeFacts, shown: ShownState, nowMs: number): Box {
  // What was put off before it began is still to come.
  const begun = notice.startsAt === null || notice.startsAt <= nowMs
  if (shown === 'planned' || (shown === 'extended' && !begun)) return beforeBox(notice, nowMs)
  if (shown === 'under-way' || shown === 'extended') return lastingBox(notice, nowMs)
  if (shown === 'cancelled') return { ...still, line: words.notice.cancelled }
  if (shown === 'general') return still
  const { restoredAt } = notice
  return {
    ...still,
    line: restoredAt === null ? words.notice.ended : words.notice.restoredAt(ahead(restoredAt, nowMs)),
  }
}

export function phaseOf(notice: NoticeFacts, nowMs: number): NoticePhase {
  const shown = shownAt(notice, nowMs)
  const box = boxOf(notice, shown, nowMs)
  return {
    shown,
    // A plan whose end has long passed is over, though nobody said that supply is back.
    text:
      shown === 'restored' && notice.restoredAt === null ? words.notice.ended : words.notice.states[shown],
    tone: tones[shown],
    span: notice.startsAt === null ? null : span(notice.startsAt, notice.endsAt, nowMs),
    ...box,
  }
}

/** Whether the supply is gone, or will be: what a banner is for. */
export const isCurrent = (shown: ShownState): boolean =>
  shown === 'planned' || shown === 'under-way' || shown === 'extended'

const announcedForMs = 7 * 24 * 3_600_000

/**
 * What the home page shows of my notices, the most pressing first: what lasts, then what comes, by its start; an
 * announcement only while it is new.
 */
export function bannerOf<N extends NoticeFacts & Pick<Notice, 'updatedAt'>>(
  notices: readonly N[],
  nowMs: number,
): readonly N[] {
  const rank = (notice: N): number => {
    const shown = shownAt(notice, nowMs)
    if (shown === 'under-way' || shown === 'extended') return 0
    if (shown === 'planned') return 1
    return shown === 'general' && nowMs - notice.updatedAt < announcedForMs ? 2 : 3
  }
  return notices
    .filter((notice) => rank(notice) < 3)
    .sort((a, b) => rank(a) - rank(b) || (a.startsAt ?? a.updatedAt) - (b.startsAt ?? b.updatedAt))
}
