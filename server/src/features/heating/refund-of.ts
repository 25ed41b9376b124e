import { DAY_MS, shanghaiDay, shanghaiDayStart } from '../../core/clock'
import { yuanInWords } from '../../core/money'
import { type Finding, findingsOf } from './findings-of'
import type { HeatKey, HeatValues } from './heat-packs'
import type { HeatRules } from './heat-rules'
import type { RefundFacts, Stop } from './refund-facts'
import { addDays, dayInWords, daysBetween, type Season } from './season'

/** How a stop is named among what gives money back. */
export const STOPPED = '停热'

const DAY_MINUTES = 1440
const HOUR_MS = 3_600_000

/** Days of one kind in a row and what they give back. */
export interface RefundLine {
  readonly from: string
  readonly to: string
  /** Days take off what was stopped in them, so that no hour is paid back twice. */
  readonly minutes: number
  readonly percent: number
  /** 16–18℃, or 停热. */
  readonly label: string
  readonly amountFen: number
}

export interface Refund {
  /** `missing`: a rule or a figure is not known, so there is no sum. `waiting`: nothing was measured yet. */
  readonly state: 'refund' | 'nothing' | 'missing' | 'waiting'
  readonly amountFen: number | null
  readonly dailyFen: number | null
  readonly seasonDays: number | null
  readonly lines: readonly RefundLine[]
  /** The stops that it gives back; no other case of the household may. */
  readonly stops: readonly Stop[]
  /** What was found, in the order in which it was. */
  readonly findings: readonly string[]
  /** The whole calculation, a sentence a step. */
  readonly steps: readonly string[]
  /** What a person must look at before the sum counts. */
  readonly doubts: readonly string[]
  readonly missing: readonly string[]
  /** Whether a passing re-test or the end of the season has ended the counting. */
  readonly isOver: boolean
  /** The last day for carrying it out; null where the rules name none. */
  readonly payBy: string | null
}

const MISSING_WORDS: Partial<Record<HeatKey | 'fee', string>> = {
  bands: '各档温度退多少',
  formula: '一天的热费怎么算',
  countsUntil: '退费算到哪一天为止',
  residentWillNotSign: '住户不签字怎么算',
  companyMissing: '供热单位不来或不签字怎么算',
  season: '采暖季从哪天到哪天',
  stopRefundFromHours: '停热多久退费',
  fee: '本采暖季的热费',
}

/**
 * What a cold home gets back, in fen, with every step in words. Days are Shanghai calendar days: the day of the request
 * counts, the day of a passing re-test does not; a failing re-test's own band holds from its day on. The fee of a day is
 * rounded half up to the fen, and so is each line; the sum is never more than the season's fee. Pure.
 */
export function refundOf(facts: RefundFacts, rules: HeatRules): Refund {
  const { values } = rules
  const { findings, missing, waitsFor, ...read } = findingsOf(facts, values)
  const whole = stopsOf(facts, values)
  const stops = without(whole, facts.claimed.stops)
  const doubts = [...read.doubts, ...claimedDoubts(facts, stops)]
  const isCold = findings.some(({ band }) => band !== null)
  const wanted = isCold || stops.length > 0
  const unknown: (HeatKey | 'fee')[] = [
    ...missing,
    ...(isCold && values.bands === undefined ? (['bands'] as const) : []),
    ...(wanted && values.formula === undefined ? (['formula'] as const) : []),
    ...(isCold && values.countsUntil === undefined ? (['countsUntil'] as const) : []),
    ...(wanted && facts.season === null ? (['season'] as const) : []),
    ...(wanted && facts.feeFen === null ? (['fee'] as const) : []),
  ]
  const said = findings.map(({ words }) => words)
  if (unknown.length > 0)
    return {
      ...NO_SUM,
      state: 'missing',
      findings: said,
      steps: said,
      doubts,
      missing: [...new Set(unknown)].map(
        (key) => `${key === 'fee' ? '' : `${rules.city}的规定里没有查到：`}${MISSING_WORDS[key] ?? key}`,
      ),
    }
  if (!wanted || facts.season === null || facts.feeFen === null)
    return nothingOf(facts, { findings, doubts, waitsFor, values })
  return reckon(facts, {
    season: facts.season,
    feeFen: facts.feeFen,
    findings,
    doubts,
    waitsFor,
    values,
    whole,
    stops,
  })
}

const NO_SUM = {
  amountFen: null,
  dailyFen: null,
  seasonDays: null,
  lines: [],
  stops: [],
  missing: [],
  isOver: false,
  payBy: null,
} as const

interface Read {
  readonly findings: readonly Finding[]
  readonly doubts: readonly string[]
  readonly waitsFor: string | null
  readonly values: HeatValues
}

/** No cold day: either nothing was measured yet, or all of it was warm enough. */
function nothingOf(facts: RefundFacts, { findings, doubts, waitsFor }: Read): Refund {
  const said = findings.map(({ words }) => words)
  if (findings.length === 0)
    return {
      ...NO_SUM,
      state: 'waiting',
      findings: [],
      steps: [waitsFor ?? '等师傅上门测温'],
      doubts,
      isOver: isPast(facts),
    }
  return {
    ...NO_SUM,
    state: 'nothing',
    amountFen: 0,
    findings: said,
    steps: [...said, '室温合格，没有要退的天数'],
    doubts,
    isOver: true,
  }
}

const isPast = ({ season, asOf }: RefundFacts): boolean => season !== null && season.to < shanghaiDay(asOf)

interface Known extends Read {
  readonly season: Season
  readonly feeFen: number
  /** All that were long enough, and of them what no other case gives back. */
  readonly whole: readonly Stop[]
  readonly stops: readonly Stop[]
}

function reckon(facts: RefundFacts, known: Known): Refund {
  const { season, feeFen, findings, values, whole, stops } = known
  const seasonDays = daysBetween(season.from, season.to)
  const dailyFen = roundHalfUp(feeFen, seasonDays)
  const spans = spansOf(facts, known)
  const cold = spans.map((span) => coldLine(span, { dailyFen, values, stops: whole }))
  const stopped = stops.map((stop) => stopLine(stop, dailyFen))
  const lines = [...cold, ...stopped].filter(({ minutes }) => minutes > 0)
  const sumFen = lines.reduce((sum, { amountFen }) => sum + amountFen, 0)
  const amountFen = Math.min(sumFen, feeFen)
  const ended = findings.at(-1)?.band === null
  const steps = [
    ...findings.map(({ words }) => words),
    `日热费 ${yuanInWords(feeFen)} ÷ ${seasonDays} 天 = ${yuanInWords(dailyFen)} 元`,
    ...delayWords(facts, known),
    ...lines.map(lineInWords),
    ...(lines.length === 0 ? ['没有要退的天数'] : [`一共退 ${yuanInWords(sumFen)} 元`]),
    ...(sumFen > feeFen ? [`不超过本采暖季热费，退 ${yuanInWords(feeFen)} 元`] : []),
  ]
  return {
    state: amountFen > 0 ? 'refund' : 'nothing',
    amountFen,
    dailyFen,
    seasonDays,
    lines,
    stops,
    findings: findings.map(({ words }) => words),
    steps,
    doubts: known.doubts,
    missing: [],
    isOver: ended || isPast(facts),
    payBy: payByOf(values, season),
  }
}

interface Span {
  readonly from: string
  readonly to: string
  readonly band: number
}

/**
 * The cold days, a finding after the other. The first one speaks for the time since the request, because the request
 * is what it measured; each later one from its own day on. Days that a band gives nothing for yet are left out.
 */
function spansOf(facts: RefundFacts, { findings, season, values }: Known): Span[] {
  const today = shanghaiDay(facts.asOf)
  const requested = shanghaiDay(facts.requestedAt)
  const spans = findings.flatMap(({ band, day }, index): Span[] => {
    if (band === null) return []
    const hours = values.bands?.[band]?.afterHours
    const earliest = hours === undefined ? requested : shanghaiDay(facts.requestedAt + hours * HOUR_MS)
    const next = findings[index + 1]
    const from = [index === 0 ? requested : day, season.from, earliest].toSorted().at(-1) ?? day
    const to = [next ? addDays(next.day, -1) : today, season.to, today].toSorted()[0] ?? day
    return from <= to ? [{ from, to, band }] : []
  })
  return joined(spans)
}

/** A re-test that finds the same band goes on with it. */
function joined(spans: readonly Span[]): Span[] {
  return spans.reduce<Span[]>((list, span) => {
    const last = list.at(-1)
    if (last === undefined || last.band !== span.band || addDays(last.to, 1) !== span.from)
      return [...list, span]
    return [...list.slice(0, -1), { ...last, to: span.to }]
  }, [])
}

function coldLine(
  { from, to, band }: Span,
  { dailyFen, values, stops }: { dailyFen: number; values: HeatValues; stops: readonly Stop[] },
): RefundLine {
  const start = shanghaiDayStart(from)
  const end = shanghaiDayStart(to) + DAY_MS
  const stoppedMinutes = stops.reduce(
    (sum, stop) => sum + minutesOf(Math.max(stop.fromAt, start), Math.min(stop.untilAt, end)),
    0,
  )
  const minutes = daysBetween(from, to) * DAY_MINUTES - stoppedMinutes
  const percent = values.bands?.[band]?.percent ?? 0
  return {
    from,
    to,
    minutes,
    percent,
    label: bandInWords(values, band),
    amountFen: roundHalfUp(dailyFen * percent * minutes, 100 * DAY_MINUTES),
  }
}

function stopLine({ fromAt, untilAt }: Stop, dailyFen: number): RefundLine {
  const minutes = minutesOf(fromAt, untilAt)
  return {
    from: shanghaiDay(fromAt),
    to: shanghaiDay(untilAt - 1),
    minutes,
    percent: 100,
    label: STOPPED,
    amountFen: roundHalfUp(dailyFen * minutes, DAY_MINUTES),
  }
}

/** Stops within the season that lasted long enough to be paid back; the rule looks at the whole stop. */
function stopsOf({ stops, season, asOf }: RefundFacts, values: HeatValues): readonly Stop[] {
  const least = values.stopRefundFromHours
  if (least === undefined || season === null) return []
  const first = shanghaiDayStart(season.from)
  const last = Math.min(shanghaiDayStart(season.to) + DAY_MS, asOf)
  return stops
    .filter(({ fromAt, untilAt }) => untilAt - fromAt >= least * HOUR_MS)
    .map(({ fromAt, untilAt }) => ({ fromAt: Math.max(fromAt, first), untilAt: Math.min(untilAt, last) }))
    .filter(({ fromAt, untilAt }) => untilAt > fromAt)
}

/** What is left of stops when what others give back is cut out of them. */
function without(stops: readonly Stop[], claimed: readonly Stop[]): Stop[] {
  return claimed.reduce<Stop[]>(
    (left, taken) =>
      left
        .flatMap(({ fromAt, untilAt }) => [
          { fromAt, untilAt: Math.min(untilAt, Math.max(fromAt, taken.fromAt)) },
          { fromAt: Math.max(fromAt, Math.min(untilAt, taken.untilAt)), untilAt },
        ])
        .filter(({ fromAt, untilAt }) => untilAt > fromAt),
    [...stops],
  )
}

/** Days of another case were given back in part before anybody kept that there was no heat at all in them. */
function claimedDoubts({ claimed }: RefundFacts, stops: readonly Stop[]): string[] {
  const both = stops.some(({ fromAt, untilAt }) =>
    claimed.days.some(
      ({ from, to }) => shanghaiDayStart(from) < untilAt && shanghaiDayStart(to) + DAY_MS > fromAt,
    ),
  )
  return both ? ['停热的日子里有几天已按室温不达标退过费，请人工核对'] : []
}

const minutesOf = (fromAt: number, untilAt: number): number =>
  Math.max(0, Math.round((untilAt - fromAt) / 60_000))

/** Half a fen goes up. Both are whole numbers, far below what a number holds exactly. */
function roundHalfUp(amount: number, divisor: number): number {
  return Math.floor((2 * amount + divisor) / (2 * divisor))
}

/** 16–18℃ for a band between two bounds, 低于14℃ for the coldest. */
function bandInWords({ bands }: HeatValues, band: number): string {
  const upper = bands?.[band]?.belowTenths ?? 0
  const lower = bands?.[band + 1]?.belowTenths
  return lower === undefined ? `低于 ${upper / 10}℃` : `${lower / 10}–${upper / 10}℃`
}

function delayWords({ requestedAt }: RefundFacts, { findings, values }: Known): string[] {
  const hours = [
    ...new Set(findings.flatMap(({ band }) => (band === null ? [] : [values.bands?.[band]?.afterHours]))),
  ]
  return hours.flatMap((one) =>
    one === undefined
      ? []
      : [`报修后满 ${one} 小时（${dayInWords(shanghaiDay(requestedAt + one * HOUR_MS))}）起算`],
  )
}

function lineInWords({ from, to, minutes, percent, label, amountFen }: RefundLine): string {
  const days = from === to ? dayInWords(from) : `${dayInWords(from)}至${dayInWords(to)}`
  return `${days} ${spanInWords(minutes)}，${label} 退 ${percent}% = ${yuanInWords(amountFen)} 元`
}

/** 7 天; with a stop taken off, 5 天 18 小时. */
function spanInWords(minutes: number): string {
  const days = Math.floor(minutes / DAY_MINUTES)
  const hours = Math.floor((minutes % DAY_MINUTES) / 60)
  const rest = minutes % 60
  const parts = [
    ...(days > 0 ? [`${days} 天`] : []),
    ...(hours > 0 ? [`${hours} 小时`] : []),
    ...(rest > 0 ? [`${rest} 分钟`] : []),
  ]
  return parts.join(' ') || '0 天'
}

function payByOf({ refundBy }: HeatValues, season: Season): string | null {
  if (refundBy === undefined) return null
  const year = Number(season.to.slice(0, 4))
  const same = `${year}-${refundBy}`
  return same >= season.to ? same : `${year + 1}-${refundBy}`
}
