import type { OpenItem } from './types'

/** Pure: which payments stand on the invoice that is asked for. One invoice is of one company. */
export const keyOf = ({ paymentId, billId }: Pick<OpenItem, 'paymentId' | 'billId'>): string =>
  `${paymentId}.${billId}`

export const pickedOf = (items: readonly OpenItem[], keys: readonly string[]): readonly OpenItem[] =>
  items.filter((item) => item.state === 'open' && keys.includes(keyOf(item)))

/** An item that may be ticked now: open, and of the company that was chosen first. */
export function mayPick(item: OpenItem, picked: readonly OpenItem[]): boolean {
  const company = picked[0]?.companyId
  return item.state === 'open' && (company === undefined || company === item.companyId)
}

export const totalOf = (picked: readonly OpenItem[]): number =>
  picked.reduce((sum, { amountFen }) => sum + amountFen, 0)

/** Of one payment everything is meant; where it is of two companies, the first one's. */
export function firstPick(items: readonly OpenItem[]): string[] {
  const open = items.filter(({ state }) => state === 'open')
  return open.filter(({ companyId }) => companyId === open[0]?.companyId).map(keyOf)
}
