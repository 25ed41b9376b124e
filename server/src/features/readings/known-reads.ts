import { shanghaiDay } from '../../core/clock'
import type { MeterBill } from '../billing'
import type { ReadingRow } from './entities'
import type { KnownRead } from './judge-reading'

/**
 * Everything that is known of a meter before a moment, oldest first: what its bills say, and what was reported and
 * adopted since the newest of them.
 */
export function knownReads(bills: readonly MeterBill[], reported: readonly ReadingRow[]): KnownRead[] {
  const official = bills
    .map(({ readOn, current, readBy }) => ({
      day: readOn,
      value: Number(current),
      real: readBy !== 'estimated',
    }))
    .toReversed()
  const newest = official.at(-1)?.day ?? ''
  const own = reported
    .filter(({ state }) => state === 'adopted')
    .map((row) => ({
      day: shanghaiDay(row.readAt),
      value: Number(row.correctedValue ?? row.value),
      real: true,
    }))
    .toReversed()
    // On the day of an estimate the household knows better; on that of a real reading, the bill does.
    .filter(({ day }) => day > newest || (day === newest && official.at(-1)?.real === false))
  return [...official, ...own]
}
