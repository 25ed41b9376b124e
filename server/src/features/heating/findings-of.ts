import { shanghaiDay, shanghaiParts } from '../../core/clock'
import type { HeatKey, HeatValues } from './heat-packs'
import type { MeasureVisit, RefundFacts, RoomReading, Round } from './refund-facts'
import { dayInWords } from './season'

/** What one measurement, or its absence, says about the home from that day on. */
export interface Finding {
  readonly day: string
  /** Cold: which band, counted from the mildest; null: warm enough. */
  readonly band: number | null
  readonly words: string
}

export interface Findings {
  readonly findings: readonly Finding[]
  /** Rules that would have to be known and are not. */
  readonly missing: readonly HeatKey[]
  /** What a person must look at before the sum counts. */
  readonly doubts: readonly string[]
  /** What is still to be done before there is a finding. */
  readonly waitsFor: string | null
}

/** Rooms in which nobody lives; every other room counts, whatever a worker calls it. */
const NOT_LIVED_IN = ['厨房', '卫生间', '厕所', '浴室', '阳台', '储物', '走廊', '楼道', '车库']

const degrees = (tenths: number): string => (tenths / 10).toFixed(1)

/** Reads the rounds in order; presumptions stand in for measurements that could not be made. Pure. */
export function findingsOf(facts: Pick<RefundFacts, 'rounds'>, values: HeatValues): Findings {
  const all = facts.rounds.map((round) => findingsOfRound(round, values))
  const last = all.at(-1)
  return {
    findings: all.flatMap(({ findings }) => findings),
    missing: [...new Set(all.flatMap(({ missing }) => missing))],
    doubts: [...new Set(all.flatMap(({ doubts }) => doubts))],
    waitsFor: last === undefined ? '还没有预约测温' : last.waitsFor,
  }
}

function findingsOfRound(round: Round, values: HeatValues): Findings {
  const missed = missedFinding(round, values)
  const visits = measuredFinding(round, values)
  return {
    findings: [...missed.findings, ...visits.findings],
    missing: [...missed.missing, ...visits.missing],
    doubts: [...missed.doubts, ...visits.doubts],
    waitsFor: visits.waitsFor,
  }
}

const NOTHING = { findings: [], missing: [], doubts: [] } as const

/** The company did not come in time, or did not sign what it measured. */
function missedFinding(round: Round, values: HeatValues): Omit<Findings, 'waitsFor'> {
  const unsigned = round.visits.find(({ companySigned, readings }) => !companySigned && readings.length > 0)
  const at = round.missedAt ?? unsigned?.at
  if (at === undefined) return NOTHING
  const what = round.missedAt !== null ? '供热单位没有按时上门' : '供热单位没有签字'
  const day = shanghaiDay(at)
  const { companyMissing, bands } = values
  if (companyMissing === undefined) return { ...NOTHING, missing: ['companyMissing'] }
  if (bands === undefined) return { ...NOTHING, missing: ['bands'] }
  const rule = companyMissing
  const said = `${dayInWords(day)}${what}，`
  if (rule.counts === 'not-compliant')
    return {
      ...NOTHING,
      findings: [{ day, band: 0, words: `${said}按规定视为不合格` }],
      doubts: ['规定只写“视为不合格”，没有写按多少度，先按最低一档算，请人工确认'],
    }
  const found = bandOf(bands, (belowTenths) => rule.tenths - 1 < belowTenths)
  return {
    ...NOTHING,
    findings: [{ day, band: found, words: `${said}按规定视为低于 ${rule.tenths / 10}℃` }],
  }
}

/** The coldest band whose bound lies above the temperature; null where none does. */
function bandOf(
  bands: NonNullable<HeatValues['bands']>,
  isBelow: (belowTenths: number) => boolean,
): number | null {
  const index = bands.findLastIndex(({ belowTenths }) => isBelow(belowTenths))
  return index < 0 ? null : index
}

function measuredFinding(round: Round, values: HeatValues): Findings {
  const visits = round.visits.filter(
    ({ readings, resident }) => readings.length > 0 || resident === 'refused',
  )
  const refused = visits.find(({ resident }) => resident === 'refused')
  if (refused) return refusedFinding(refused, values)
  const signed = visits.filter(({ companySigned }) => companySigned)
  const wanted = (values.measureDays ?? 1) * (values.measureSlots ?? 1)
  const last = signed.at(-1)
  if (last === undefined || signed.length < wanted)
    return {
      ...NOTHING,
      waitsFor: wanted > 1 ? `要测 ${wanted} 次取平均值，已测 ${signed.length} 次` : '等师傅上门测温',
    }
  const judged = judgeRooms(
    signed.flatMap(({ readings }) => readings),
    values,
  )
  const doubts = [...signed.flatMap((visit) => doubtsOf(visit, values)), ...judged.doubts]
  const day = shanghaiDay(last.at)
  const unsigned = signed.some(({ resident }) => resident === 'open') ? '等住户签字' : null
  if (judged.room === null) return { ...NOTHING, doubts, waitsFor: '没有测到卧室或客厅' }
  const said = `${dayInWords(day)}测得${judged.words}`
  if (!judged.isCold)
    return {
      findings: [{ day, band: null, words: `${said}，合格` }],
      missing: [],
      doubts,
      waitsFor: unsigned,
    }
  if (values.bands === undefined) return { ...NOTHING, doubts, missing: ['bands'], waitsFor: unsigned }
  const band = bandOf(values.bands, judged.isBelow)
  return {
    findings: band === null ? [] : [{ day, band, words: `${said}，不合格` }],
    missing: band === null ? ['bands'] : [],
    doubts,
    waitsFor: unsigned,
  }
}

function refusedFinding(visit: MeasureVisit, values: HeatValues): Findings {
  const day = shanghaiDay(visit.at)
  if (values.residentWillNotSign === undefined)
    return { ...NOTHING, missing: ['residentWillNotSign'], waitsFor: null }
  return {
    ...NOTHING,
    findings: [{ day, band: null, words: `${dayInWords(day)}住户没有签字，按规定视为合格` }],
    waitsFor: null,
  }
}

/** The coldest lived-in room decides; of several measurements of a room its mean. Compared without rounding. */
function judgeRooms(readings: readonly RoomReading[], values: HeatValues) {
  const standard = values.standardTenths ?? 180
  const rooms = [...new Set(readings.map(({ room }) => room))].map((room) => {
    const list = readings.filter((one) => one.room === room)
    return { room, sum: list.reduce((total, { tenths }) => total + tenths, 0), count: list.length }
  })
  const own = (room: string) => values.otherRooms?.find((other) => room.includes(other.room))
  const doubts = rooms.flatMap(({ room, sum, count }) => {
    const other = own(room)
    return other && sum < other.standardTenths * count
      ? [`${room}低于 ${other.standardTenths / 10}℃，规定没有写退多少，请人工处理`]
      : []
  })
  const lived = rooms.filter(({ room }) => !own(room) && !NOT_LIVED_IN.some((name) => room.includes(name)))
  const coldest = lived.reduce<(typeof lived)[number] | null>(
    (found, one) => (found === null || one.sum * found.count < found.sum * one.count ? one : found),
    null,
  )
  const isBelow = (belowTenths: number): boolean =>
    coldest !== null && coldest.sum < belowTenths * coldest.count
  const mean = coldest === null ? '' : meanInWords(coldest)
  return {
    room: coldest?.room ?? null,
    words: `${coldest?.room ?? ''} ${mean}`,
    isCold: isBelow(standard),
    isBelow,
    doubts,
  }
}

function meanInWords({ sum, count }: { sum: number; count: number }): string {
  return count === 1
    ? `${degrees(sum)}℃`
    : `${count} 次平均 ${(Math.floor((sum * 10) / count) / 100).toFixed(2)}℃`
}

/** Where a measurement was not made as the rule says; a person decides whether it holds. */
function doubtsOf({ at, readings }: MeasureVisit, values: HeatValues): string[] {
  const { hour, minute } = shanghaiParts(at)
  const clock = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
  const hours = values.measureHours
  const outside = hours !== undefined && !hours.some(({ from, to }) => from <= clock && clock <= to)
  const { windowsClosedMinutes: closed, measureHeightCm: height } = values
  const open = readings.filter(
    (one) =>
      closed !== undefined && one.windowsClosedMinutes !== undefined && one.windowsClosedMinutes < closed,
  )
  const wrongHeight = readings.filter(
    (one) => height !== undefined && one.heightCm !== undefined && one.heightCm !== height,
  )
  const when = `${dayInWords(shanghaiDay(at))} ${clock} 的测温`
  return [
    ...(outside ? [`${when}不在 ${hours.map(({ from, to }) => `${from}–${to}`).join('、')} 内`] : []),
    ...(open.length > 0 ? [`${when}关窗不到 ${closed ?? ''} 分钟`] : []),
    ...(wrongHeight.length > 0 ? [`${when}离地不是 ${(height ?? 0) / 100} 米`] : []),
  ]
}
