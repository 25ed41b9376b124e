/**
 * The key under which a charge for a visit stands beside the bills of an import: `2026-11S1` is a household's first of
 * November 2026. An import reads months (2026-11) and seasons (2026-2027) only, so it can never meet one, and the
 * charge sorts right after the month's own bill.
 */

const SERIALS = '123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

export const isServicePeriod = (period: string): boolean => period.length === 9 && period.charAt(7) === 'S'

/** The period as people read it: the serial is for the database alone. */
export const shownPeriod = (period: string): string => (isServicePeriod(period) ? period.slice(0, 7) : period)

/** The first keys of this month that are free, in order; `taken` are those that the household has already. */
export function freeServicePeriods(month: string, taken: readonly string[]): string[] {
  return [...SERIALS].map((serial) => `${month}S${serial}`).filter((period) => !taken.includes(period))
}
