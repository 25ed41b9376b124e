import { due } from '../../format'
import type { OwedSummary } from '../../status'
import { words } from '../../words'
import { said } from './words'
import { written } from '../../format-words'

/** 363408 → "3634元0角8分", 1250 → "12元5角", 1200 → "12元整": as people say it, and as no voice reads a point wrongly. */
export function spokenYuan(fen: number): string {
  const [whole = 0, tenths = 0, hundredths = 0] = [Math.floor(fen / 100), Math.floor(fen / 10) % 10, fen % 10]
  return said.yuan(whole, tenths, hundredths)
}

/** What is to be paid for what, and until when, in one sentence to be heard; what is unknown is said to be. */
export function spokenOwed(summary: OwedSummary, nowMs: number): string {
  if (summary.totalFen === null) return words.home.allMissing
  const missing = summary.missing.length > 0 ? said.besides(words.home.missing(summary.missing)) : ''
  if (summary.totalFen === 0) return `${words.home.nothingOwed}${missing}`
  const owing = summary.groups.filter((group) => (group.owedFen ?? 0) > 0)
  const names = written.listed([...new Set(owing.map((group) => words.kindFee[group.kind]))])
  const days = owing.flatMap((group) =>
    group.bills.flatMap((bill) => (bill.owedFen > 0 && bill.dueOn ? [bill.dueOn] : [])),
  )
  const first = days.sort()[0]
  return said.spoken(names, spokenYuan(summary.totalFen), first ? due(first, nowMs).text : null) + missing
}
