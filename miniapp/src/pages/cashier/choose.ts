import type { Bill, Owed, OwedGroup } from '../../api/types'
import { holdOf } from '../../status'

/** Pure choice of what one order pays: bills of one merchant, at most twenty. */
const maxBills = 20

export interface Payable {
  bill: Bill
  group: OwedGroup
}
export interface Merchant {
  key: string
  name: string
  payables: Payable[]
}

/** What can be paid, by merchant, in the order of the answer. A figure we do not have cannot be paid. */
export function merchantsOf(owed: Owed, households: readonly string[]): Merchant[] {
  const found: Merchant[] = []
  for (const group of owed.groups) {
    if (households.length > 0 && !households.includes(group.householdId)) continue
    const payables = group.bills
      .filter((bill) => bill.owedFen > 0 && bill.state === 'open')
      .map((bill) => ({ bill, group }))
    if (payables.length === 0) continue
    const merchant = found.find((each) => each.key === group.merchantKey)
    if (merchant) merchant.payables.push(...payables)
    else found.push({ key: group.merchantKey, name: group.companyName, payables })
  }
  return found
}

/** The bills that may be paid now: nobody's order holds them, or somebody else's holds them no longer. */
export const freeIds = (merchant: Merchant, nowMs: number): string[] =>
  merchant.payables.filter(({ bill }) => holdOf(bill, nowMs) === 'free').map(({ bill }) => bill.id)

/** The wanted bills, or everything free of the first merchant that has something free. */
export function firstChoice(
  merchants: readonly Merchant[],
  wanted: readonly string[],
  nowMs: number,
): string[] {
  const frees = merchants.map((merchant) => freeIds(merchant, nowMs))
  const asked = frees.map((ids) => ids.filter((id) => wanted.includes(id))).find((ids) => ids.length > 0)
  return (asked ?? frees.find((ids) => ids.length > 0) ?? []).slice(0, maxBills)
}

/** A tap on a bill. A bill of another merchant starts a new choice, since one order pays one merchant. */
export function toggle(merchants: readonly Merchant[], chosen: readonly string[], billId: string): string[] {
  if (chosen.includes(billId)) return chosen.filter((id) => id !== billId)
  const merchant = merchants.find((each) => each.payables.some((payable) => payable.bill.id === billId))
  const mine = merchant?.payables.map((payable) => payable.bill.id) ?? []
  return [...chosen.filter((id) => mine.includes(id)), billId].slice(-maxBills)
}

export function totalFen(merchants: readonly Merchant[], chosen: readonly string[]): number {
  const payables = merchants.flatMap((merchant) => merchant.payables)
  return payables.reduce(
    (sum, payable) => sum + (chosen.includes(payable.bill.id) ? payable.bill.owedFen : 0),
    0,
  )
}
