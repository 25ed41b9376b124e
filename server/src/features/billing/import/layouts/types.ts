import type { ImportedHousehold } from '../../../households'
import type { Scaled } from '../../../../core/decimal'

/** Why a record was refused, in the order in which the reasons are tried (shared/data/README.md). */
export const refusalReasons = [
  'columns_missing',
  'account_no_missing',
  'account_no_invalid',
  'period_missing',
  'number_invalid',
  'date_invalid',
  'amount_negative',
  'reading_backwards',
  'amount_mismatch',
  'conflicting_duplicate',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** `yuan` is an amount of money; `number` is any other decimal. Both must be there: an empty number is invalid. */
export type ColumnType = 'account' | 'month' | 'season' | 'yuan' | 'number' | 'day' | 'phone' | 'text'

export interface Column {
  readonly type: ColumnType
  /** The header as the billing system writes it. Width of brackets and blanks do not matter. */
  readonly header: string
  /** Some exports have it and others lack it: a text then reads as empty, an amount as null. */
  readonly optional?: true
}

/** What the rules of one company say that its export does not. Comes from the configuration. */
export interface ImportRules {
  readonly accountNoLength: number
  /** The prices of a period such as 2026-10 or 2026-2027. */
  pricesIn(period: string): PeriodPrices
}
/** What one price list says of the amounts in an export. */
export interface PeriodPrices {
  /** What is collected with each unit whatever its tier, such as 污水处理费. */
  readonly charges: readonly { readonly name: string; readonly price: string }[]
  /** Price in yuan per unit as text; `upTo` is the tier's upper bound in units, null for no bound. */
  readonly tiers: readonly { readonly price: string; readonly upTo: number | null }[]
  /** The price without tiers of an estimated reading; null where tiers apply to it too. */
  readonly estimatedPrice: string | null
  /** The share of the price that a stopped supply still pays, such as 0.15; null where there is no such rule. */
  readonly stoppedShare: string | null
}

/** One record's values after cleaning, by the layout's own column names. */
export interface Values<Name extends string> {
  text(name: Name): string
  number(name: Name): Scaled
  fen(name: Name): number
  /** Null where the export has no such column. */
  fenIfThere(name: Name): number | null
  day(name: Name): string
  readonly phone: string | null
}

export interface AreaFacts {
  readonly basis: 'area'
  readonly area: string
  readonly price: string
  readonly supplyState: string
  /** The share charged when the supply is stopped, else null. */
  readonly share: string | null
  readonly grossFen: number
  readonly reductionFen: number
  readonly receivedFen: number
  readonly lateFeeFen: number
}
/**
 * `read`: a person stood before the meter. `estimated`: nobody did, and the company guessed (估抄). `reported`: the
 * household said it (自报). `remote`: the meter tells it by itself (远传).
 */
export type ReadBy = 'read' | 'estimated' | 'reported' | 'remote'
export interface TierFacts {
  readonly basis: 'tiers'
  readonly meterNo: string
  readonly previous: string
  readonly current: string
  readonly multiplier: string | null
  readonly used: string
  readonly readOn: string
  /** How the company came by the current reading; bills from before this was read have nothing and count as read. */
  readonly readBy?: ReadBy
  readonly tiers: readonly {
    readonly quantity: string
    readonly price: string
    readonly upTo: number | null
  }[]
  readonly feeFen: number
  /** Collected with each unit besides the fee; bills from before there were any have nothing. */
  readonly charges?: readonly ChargeFacts[]
  readonly lateFeeFen: number
}
export interface ChargeFacts {
  readonly name: string
  readonly price: string
  readonly amountFen: number
}
/** A charge for a visit: parts and work, as the worker named them on site. */
export interface ServiceFacts {
  readonly basis: 'service'
  readonly what: string
  readonly amountFen: number
  /** The Shanghai day on which it was charged. */
  readonly chargedOn: string
}
/** Everything that explains one bill, kept with it, prices of its day included. */
export type BillFacts = AreaFacts | TierFacts | ServiceFacts

export interface BillReading {
  readonly owedFen: number
  readonly lateFeeFen: number
  /** The amounts that two records of one key are compared by. */
  readonly comparedFen: readonly number[]
  readonly readingBackwards: boolean
  readonly mismatch: boolean
  readonly dueOn: string | null
  readonly facts: BillFacts
}

export interface Layout<Name extends string = string> {
  readonly id: string
  /** Raised when the meaning of a column changes, so that a file read under the old meaning is read again. */
  readonly version: number
  readonly kind: 'heating' | 'gas' | 'power' | 'water'
  readonly columns: Readonly<Record<Name, Column>>
  readonly accountNo: NoInfer<Name>
  readonly period: NoInfer<Name>
  bill(values: Values<NoInfer<Name>>, prices: PeriodPrices): BillReading
  household(values: Values<NoInfer<Name>>): ImportedHousehold
}

/** Lets a layout be written with its own column names and used under one type. */
export function layout<const Name extends string>(definition: Layout<Name>): Layout {
  return definition
}
