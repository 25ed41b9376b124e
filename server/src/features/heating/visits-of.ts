import { DAY_MS, shanghaiDay, shanghaiParts } from '../../core/clock'
import type { StepRow } from '../requests'
import type { MeasureVisit, RoomReading } from './refund-facts'

/** A measurement that was reported later than this was not made when the telephone says. */
const REPORTED_WITHIN_MS = 2 * DAY_MS

interface Facts {
  readonly room?: string
  readonly tenths?: number
  readonly heightCm?: number | null
  readonly windowsClosedSince?: number | null
  readonly reportedAt?: number
}

/**
 * The measurements of one request, as its worker wrote them down: what lies within one half of a day is one visit, a
 * room that was measured again there counts as it was last. Whether the resident signed or refused is what was
 * written from that visit on until the next one.
 */
export function visitsOf(steps: readonly StepRow[]): MeasureVisit[] {
  const lines = steps
    .filter(({ kind }) => kind === 'reading' || kind === 'signature' || kind === 'refusal')
    .map((step) => ({ step, facts: JSON.parse(step.facts) as Facts, at: madeAt(step) }))
    .toSorted((a, b) => a.at - b.at)
  const visits: {
    half: string
    at: number
    rooms: Map<string, RoomReading>
    resident: MeasureVisit['resident']
  }[] = []
  for (const { step, facts, at } of lines) {
    const half = `${shanghaiDay(at)} ${shanghaiParts(at).hour < 12 ? 'am' : 'pm'}`
    const last = visits.at(-1)
    if (step.kind !== 'reading') {
      if (last) last.resident = step.kind === 'refusal' ? 'refused' : 'signed'
      continue
    }
    if (facts.room === undefined || facts.tenths === undefined) continue
    const visit =
      last?.half === half
        ? last
        : { half, at, rooms: new Map<string, RoomReading>(), resident: 'open' as const }
    if (visit !== last) visits.push(visit)
    visit.rooms.set(facts.room, readingOf({ ...facts, room: facts.room, tenths: facts.tenths }, at))
  }
  // Whoever writes a measurement down does so signed in as themselves: that is the company's signature.
  return visits.map(({ at, rooms, resident }) => ({
    at,
    readings: [...rooms.values()],
    resident,
    companySigned: true,
  }))
}

function readingOf(facts: Facts & { room: string; tenths: number }, at: number): RoomReading {
  const { room, tenths, heightCm, windowsClosedSince } = facts
  return {
    room,
    tenths,
    ...(typeof heightCm === 'number' ? { heightCm } : {}),
    ...(typeof windowsClosedSince === 'number'
      ? { windowsClosedMinutes: Math.max(0, Math.floor((at - windowsClosedSince) / 60_000)) }
      : {}),
  }
}

/** When it was done by the telephone's clock, where that can be believed. */
function madeAt(step: StepRow): number {
  const { reportedAt } = JSON.parse(step.facts) as Facts
  const arrived = Number(step.at)
  if (reportedAt === undefined || reportedAt > arrived) return arrived
  return arrived - reportedAt > REPORTED_WITHIN_MS ? arrived : reportedAt
}
