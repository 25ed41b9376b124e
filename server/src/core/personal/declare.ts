import { shanghaiDay } from '../clock'
import type { CoreConfig } from '../config/schema'
import type { CoreCtx } from '../context'
import type { Table } from '../db/tables'

/** Legal bases of 个人信息保护法第十三条, as the register names them. */
export const BASES = {
  consent: '本人同意（第十三条第一项）',
  contract: '订立、履行供用合同所必需（第十三条第二项）',
  duty: '履行法定职责或者法定义务所必需（第十三条第三项）',
  staff: '人力资源管理所必需（第十三条第二项）',
} as const
export type Basis = keyof typeof BASES

/** Rows that tell of the time from an instant on, as SQL. */
export type Since = (fromMs: number) => {
  readonly sql: string
  readonly params: readonly (string | number)[]
}

export const sinceInstant =
  (column: string): Since =>
  (fromMs) => ({ sql: `${column} >= ?`, params: [fromMs] })

export const sinceDay =
  (column: string): Since =>
  (fromMs) => ({ sql: `${column} >= ?`, params: [shanghaiDay(fromMs)] })

/**
 * How rows of a person are found: by one of the person's own keys, or through the rows of another table that are the
 * person's. `household` rows belong to whoever lives there: their people may read them, and nobody's leaving ends them.
 */
export type Link =
  | {
      readonly column: string
      readonly is: string
      /** The keys are `value|epochMs`, and only rows are meant that tell of the time from then on. */
      readonly since?: Since
    }
  | { readonly column: string; readonly in: string; readonly key: string }

/**
 * What happens to a person's rows when their account ends. `blank` empties the named columns, `column:value` puts a value
 * that the feature can read; `unless` names rows that are still needed, in SQL, and why.
 */
export type End =
  | { readonly act: 'delete'; readonly why?: string }
  | {
      readonly act: 'blank'
      readonly columns: string
      readonly why: string
      readonly unless?: { readonly where: string; readonly why: string }
    }
  | { readonly act: 'keep'; readonly why: string }
  | { readonly act: 'own'; readonly why: string }

/** When rows are too old: `days` after the instant (or Shanghai day) in `by`. Done by a job of the feature, or here. */
export interface Keep {
  readonly by: string
  readonly days: (config: CoreConfig) => number
  /** `own`: the feature has a job for it, and the report only looks whether it did its work. */
  readonly act: 'own' | 'delete' | 'blank'
  /** For `blank`, as in End. */
  readonly columns?: string
  /** Rows that time cannot touch yet, in SQL, and why. */
  readonly unless?: { readonly where: string; readonly why: string }
}

/** What a feature says of one of its tables. Lists of columns are words with spaces between; `column:what it is`. */
export interface Declared {
  readonly table: Table<unknown>
  /** What a row tells of somebody, as the person reads it. */
  readonly says: string
  readonly of: readonly Link[]
  readonly why: string
  readonly basis: Basis
  /** How long, in words. */
  readonly kept: string
  readonly keep?: Keep
  /** Who may look at it. */
  readonly seen: string
  /** What the person is given a copy of. */
  readonly shown?: string
  /** The same, sealed by the vault at rest. */
  readonly sealed?: string
  /** Columns that tie the row to the person by an id of ours. */
  readonly refs?: string
  /** Keyed hashes and tokens, and what only a machine reads. */
  readonly secret?: string
  /** What it says of those at work. */
  readonly staff?: string
  /** What names somebody else, which nobody is given a copy of. */
  readonly others?: string
  readonly plain?: string
  readonly end: End
}

/** The keys under which a person's rows are found, by the name of the link. */
export type Keys = Readonly<Record<string, readonly string[]>>

/** Who is looked for: every id the person has had, and what leads to rows that carry no id of ours. */
export interface Person {
  readonly residentIds: readonly string[]
  readonly phones: readonly string[]
  /** Accounts of the wallets, opened. */
  readonly accounts: readonly {
    readonly provider: string
    readonly appId: string
    readonly subject: string
  }[]
}

/** What a feature knows of people: the register of its columns, and how to give, end and forget what stands in them. */
export interface PersonalData<C extends CoreCtx> {
  readonly feature: string
  readonly tables: readonly Declared[]
  /** Tables in which nothing tells of anybody: table → its columns. */
  readonly impersonal: Readonly<Record<string, string>>
  /** Further keys of a person, for tables that are found by neither resident nor household. */
  readonly keys?: (ctx: C, person: Person) => Promise<Keys>
  /** What the declared ends cannot do: bytes in a storage, seals over a row. Safe to run again. */
  readonly endOwn?: (ctx: C, person: Person) => Promise<void>
}

export interface NamedColumn {
  readonly column: string
  /** After the colon; empty where there was none. */
  readonly text: string
}

/** `a b:text` as columns. */
export function columnsIn(words: string | undefined): NamedColumn[] {
  return (words ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => {
      const colon = word.indexOf(':')
      return colon < 0
        ? { column: word, text: '' }
        : { column: word.slice(0, colon), text: word.slice(colon + 1) }
    })
}

/** Names of columns that read the same wherever they stand. */
const LABELS: Readonly<Record<string, string>> = {
  createdAt: '创建时间',
  updatedAt: '更新时间',
  at: '时间',
  state: '状态',
  period: '账期',
  amountFen: '金额（元）',
  title: '标题',
  channel: '渠道',
  readAt: '读取时间',
  closedAt: '办结时间',
  kind: '类别',
  words: '内容',
  day: '日期',
  endedAt: '结束时间',
}

export function labelOf({ column, text }: NamedColumn): string {
  return text === '' ? (LABELS[column] ?? column) : text
}

export type ColumnClass = 'shown' | 'sealed' | 'refs' | 'secret' | 'staff' | 'others' | 'plain'
export const COLUMN_CLASSES: readonly ColumnClass[] = [
  'shown',
  'sealed',
  'refs',
  'secret',
  'staff',
  'others',
  'plain',
]
