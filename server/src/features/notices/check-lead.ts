import { DAY_MS, SHANGHAI_OFFSET_MS } from '../../core/clock'
import type { RulePack } from './lead-rules'
import type { NoticeKind } from './schema'

const HOUR_MS = 3_600_000
const MINUTE_MS = 60_000
/** What a version keeps of it. */
const WORDS_MAX = 120

export interface LeadVerdict {
  readonly broken: boolean
  /** What the rule asks and what the draft does, in words; null where nothing is broken. */
  readonly rule: string | null
  readonly source: string | null
}

const FINE: LeadVerdict = { broken: false, rule: null, source: null }

export interface PlannedStop {
  readonly kind: NoticeKind
  readonly startsAt: number | null
  readonly endsAt: number | null
  readonly cutsSupply: boolean
}

/**
 * Whether people would be told in time, by the rule of their city. Only planned stops have a lead time: an emergency
 * could not be known, and an announcement cuts nothing. `toldAt` is when it would be published.
 */
export function checkLead(pack: RulePack | null, stop: PlannedStop, toldAt: number): LeadVerdict {
  const { startsAt, endsAt } = stop
  if (pack === null || stop.kind !== 'planned' || !stop.cutsSupply || startsAt === null) return FINE
  const { values, source } = pack
  const broken: string[] = []
  const lasts = endsAt === null ? Number.POSITIVE_INFINITY : endsAt - startsAt
  const holds = values.whenLongerThanHours === undefined || lasts > values.whenLongerThanHours * HOUR_MS
  if (holds && startsAt - toldAt < values.leadHours * HOUR_MS)
    broken.push(`${values.words}（${source}），现在${leadWords(startsAt - toldAt)}`)
  if (values.worksWindow && !isWithin(values.worksWindow, startsAt, endsAt))
    broken.push(`${values.worksWindow.words}（${source}），现在的时间不在其中`)
  if (broken.length === 0) return FINE
  return { broken: true, rule: `${broken.join('；')}。`.slice(0, WORDS_MAX), source }
}

function leadWords(leadMs: number): string {
  if (leadMs <= 0) return '已经开始'
  if (leadMs >= 2 * DAY_MS) return `只提前${Math.floor(leadMs / DAY_MS)}天`
  return leadMs >= HOUR_MS ? `只提前${Math.floor(leadMs / HOUR_MS)}小时` : '只提前不到1小时'
}

/** Whether all of the works lie within one turn of the daily window, which may pass midnight. */
function isWithin(window: { from: string; to: string }, startsAt: number, endsAt: number | null): boolean {
  const from = minuteOf(window.from)
  const length = (minuteOf(window.to) - from + 1440) % 1440 || 1440
  const begins = (Math.floor((startsAt + SHANGHAI_OFFSET_MS) / MINUTE_MS) - from) % 1440
  if (begins >= length) return false
  return endsAt !== null && endsAt - startsAt <= (length - begins) * MINUTE_MS
}

function minuteOf(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return hours * 60 + minutes
}
