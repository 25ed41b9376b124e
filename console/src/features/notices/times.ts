import { clockOf, dayOf, timeOf } from '../../kit/format'

interface Times {
  readonly startsAt: number | null
  readonly endsAt: number | null
}

/** `11-25 08:00 – 17:00`, with the day of the end where it is another one; `noEnd` where nobody can say. */
export function spanWords({ startsAt, endsAt }: Times, noEnd: string, nowMs: number = Date.now()): string {
  if (startsAt === null) return endsAt === null ? '—' : `– ${timeOf(endsAt, nowMs)}`
  const start = timeOf(startsAt, nowMs)
  if (endsAt === null) return `${start} · ${noEnd}`
  const end = dayOf(startsAt) === dayOf(endsAt) ? clockOf(endsAt) : timeOf(endsAt, nowMs)
  return `${start} – ${end}`
}

/** `中山区/松海园/1号楼` as people say it. */
export const placeWords = (fullName: string): string => fullName.split('/').join(' ')
