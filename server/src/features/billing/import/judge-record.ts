import type { ImportedHousehold } from '../../households'
import {
  cleanAccountNo,
  cleanDay,
  cleanMobile,
  cleanMonth,
  cleanNumber,
  cleanSeason,
  cleanText,
  narrow,
} from './clean'
import { scaledToFen, toScaled, type Scaled } from '../../../core/decimal'
import type { BillFacts, Column, ImportRules, Layout, RefusalReason, Values } from './layouts/types'

/** A record that may become a bill. Duplicates are found later, where all records are known. */
export interface AcceptedRecord {
  readonly accountNo: string
  readonly period: string
  readonly owedFen: number
  readonly lateFeeFen: number
  readonly comparedFen: readonly number[]
  readonly dueOn: string | null
  readonly household: ImportedHousehold
  readonly facts: BillFacts
  readonly phoneInvalid: boolean
}
export type Verdict = { readonly accepted: AcceptedRecord } | { readonly reason: RefusalReason }

/** A layout bound to the header of one file: every column knows its place. */
export interface BoundLayout {
  readonly layout: Layout
  readonly width: number
  readonly columns: readonly BoundColumn[]
  /** Those of them that are read before the layout asks for them. */
  readonly numeric: readonly BoundColumn[]
  readonly daily: readonly BoundColumn[]
  /** Column name → its place in `columns`. */
  readonly ordinals: ReadonlyMap<string, number>
  readonly phoneIndex: number | null
}
interface BoundColumn {
  readonly name: string
  readonly column: Column
  readonly index: number
  /** Its place among the layout's columns. */
  readonly ordinal: number
}

const headerKey = (text: string): string => cleanText(text).normalize('NFKC').replace(/\s+/g, '')

/** Finds the layout's columns in the header; names those that are not there. Columns it does not know are ignored. */
export function bindHeader(
  layout: Layout,
  header: readonly string[],
): { bound: BoundLayout } | { missing: string[] } {
  const places = new Map<string, number>()
  for (const [index, text] of header.entries())
    if (!places.has(headerKey(text))) places.set(headerKey(text), index)
  const columns: BoundColumn[] = []
  const missing: string[] = []
  for (const [name, column] of Object.entries(layout.columns)) {
    const index = places.get(headerKey(column.header))
    if (index === undefined && column.optional) continue
    if (index === undefined) missing.push(column.header)
    else columns.push({ name, column, index, ordinal: columns.length })
  }
  if (missing.length > 0) return { missing }
  const ordinals = new Map(columns.map(({ name }, ordinal) => [name, ordinal]))
  const phoneIndex = columns.find(({ column }) => column.type === 'phone')?.index ?? null
  const numeric = columns.filter(({ column: { type } }) => type === 'number' || type === 'yuan')
  const daily = columns.filter(({ column: { type } }) => type === 'day')
  return { bound: { layout, width: header.length, columns, numeric, daily, ordinals, phoneIndex } }
}

/** What differs between kinds of file: a CSV record has all its fields or is torn, an XLSX row may end early. */
export interface SourceHabits {
  readonly padAccountNo: boolean
  readonly rowsMayEndEarly: boolean
}

/**
 * Reads one record. The reasons are tried in the documented order, each over the whole record, and the first that
 * applies is the answer.
 */
export function judgeRecord(
  bound: BoundLayout,
  cells: readonly string[],
  rules: ImportRules,
  habits: SourceHabits,
): Verdict {
  if (isTorn(bound, cells, habits)) return { reason: 'columns_missing' }
  const read = new Reading(bound, cells)
  const account = cleanAccountNo(read.raw(bound.layout.accountNo), rules.accountNoLength, habits.padAccountNo)
  if ('reason' in account) return account
  const period = read.period(bound.layout.period)
  if (period === null) return { reason: 'period_missing' }
  if (!read.numbers()) return { reason: 'number_invalid' }
  if (!read.days()) return { reason: 'date_invalid' }
  const bill = bound.layout.bill(read, rules.pricesIn(period))
  // More paid than owed is a credit, which is not a bill that a resident can be asked for.
  if (read.anyAmountNegative() || bill.owedFen < 0) return { reason: 'amount_negative' }
  if (bill.readingBackwards) return { reason: 'reading_backwards' }
  if (bill.mismatch) return { reason: 'amount_mismatch' }
  return {
    accepted: {
      accountNo: account.accountNo,
      period,
      owedFen: bill.owedFen,
      lateFeeFen: bill.lateFeeFen,
      comparedFen: bill.comparedFen,
      dueOn: bill.dueOn,
      household: bound.layout.household(read),
      facts: bill.facts,
      phoneInvalid: read.phone === null && read.phoneGiven,
    },
  }
}

function isTorn(bound: BoundLayout, cells: readonly string[], habits: SourceHabits): boolean {
  if (cells.length < bound.width) return !habits.rowsMayEndEarly
  return cells.length > bound.width && cells.slice(bound.width).some((cell) => cell.trim() !== '')
}

/** The values of one record, each cleaned once by its column's type and kept at its column's place. */
class Reading implements Values<string> {
  readonly #bound: BoundLayout
  readonly #cells: readonly string[]
  readonly #numbers: (Scaled | undefined)[] = []
  readonly #fen: (number | undefined)[] = []
  readonly #days: (string | undefined)[] = []
  readonly phone: string | null
  /** Whether the record says anything at all where the phone number belongs. */
  readonly phoneGiven: boolean

  constructor(bound: BoundLayout, cells: readonly string[]) {
    this.#bound = bound
    this.#cells = cells
    const text = bound.phoneIndex === null ? '' : (cells[bound.phoneIndex] ?? '')
    this.phone = cleanMobile(text)
    this.phoneGiven = this.phone !== null || narrow(text) !== ''
  }

  raw(name: string): string {
    if (!this.#bound.ordinals.has(name) && this.#bound.layout.columns[name]?.optional) return ''
    return this.#cells[this.#bound.columns[this.#ordinal(name)]?.index ?? -1] ?? ''
  }

  period(name: string): string | null {
    const text = this.raw(name)
    return this.#bound.layout.columns[name]?.type === 'season' ? cleanSeason(text) : cleanMonth(text)
  }

  /** Reads every number and amount; false when one of them is none. */
  numbers(): boolean {
    for (const { column, index, ordinal } of this.#bound.numeric) {
      const digits = cleanNumber(this.#cells[index] ?? '')
      const value = digits === null ? null : toScaled(digits)
      if (value === null) return false
      this.#numbers[ordinal] = value
      if (column.type !== 'yuan') continue
      const fen = scaledToFen(value)
      if (fen === null) return false
      this.#fen[ordinal] = fen
    }
    return true
  }

  days(): boolean {
    for (const { index, ordinal } of this.#bound.daily) {
      const day = cleanDay(this.#cells[index] ?? '')
      if (day === null) return false
      this.#days[ordinal] = day
    }
    return true
  }

  anyAmountNegative(): boolean {
    return this.#fen.some((fen) => fen !== undefined && fen < 0)
  }

  text(name: string): string {
    return cleanText(this.raw(name))
  }
  number(name: string): Scaled {
    return known(this.#numbers[this.#ordinal(name)], name)
  }
  fen(name: string): number {
    return known(this.#fen[this.#ordinal(name)], name)
  }
  fenIfThere(name: string): number | null {
    return this.#bound.ordinals.has(name) ? this.fen(name) : null
  }
  day(name: string): string {
    return known(this.#days[this.#ordinal(name)], name)
  }

  #ordinal(name: string): number {
    return known(this.#bound.ordinals.get(name), name)
  }
}

function known<T>(value: T | undefined, name: string): T {
  if (value === undefined)
    throw new Error(`the layout uses column ${name}, which it has not, or not as that type`)
  return value
}
