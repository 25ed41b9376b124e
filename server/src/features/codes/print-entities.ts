import { col, defineTable } from '../../core/db/tables'
import type { PrintForm } from './desk-schema'

/** `failed`: every attempt at one of its steps went wrong; it goes on where it stands when somebody says so. */
export type OrderState = 'running' | 'done' | 'cancelled' | 'failed'

/** Codes that somebody asked to be made for many households, and printed where there is a form. */
export interface CodeOrderRow {
  id: string
  companyId: string
  /** Of the place it was asked for; empty for a whole company, so that only who sees all of it sees this. */
  areaPath: string
  /** Null for a whole company. */
  areaId: string | null
  /** Set where it is for one household alone. */
  householdId: string | null
  /** What it was asked for, in words. */
  placeName: string
  /** Null: the codes are made and nothing is printed. */
  form: PrintForm | null
  state: OrderState
  /** How many there were when it was asked for. */
  households: number
  /** How many are behind it now, how many codes it made, and how many it left without one because theirs was revoked. */
  passed: number
  made: number
  leftOut: number
  files: number
  pages: number
  /** Characters that no font of ours has. */
  missing: number
  /** The last household that is behind it (DoorPosition); null before the first. */
  afterAreaId: string | null
  afterHouseholdId: string | null
  afterAddress: string | null
  /** The file that is being made; whoever goes on after a crash deletes what there is of it. */
  growing: string | null
  /** Counts the steps, and names the job of each. */
  step: number
  createdBy: string
  createdByName: string
  createdAt: number
  updatedAt: number
  endedAt: number | null
}

export const codeOrderTable = defineTable<CodeOrderRow>('code_order', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    areaPath: col.key(160),
    areaId: col.key(26).orNull(),
    householdId: col.key(26).orNull(),
    placeName: col.words(260),
    form: col.key(12).orNull(),
    state: col.key(10),
    households: col.int(),
    passed: col.int(),
    made: col.int(),
    leftOut: col.int(),
    files: col.int(),
    pages: col.int(),
    missing: col.int(),
    afterAreaId: col.key(26).orNull(),
    afterHouseholdId: col.key(26).orNull(),
    afterAddress: col.words(200).orNull(),
    growing: col.key(32).orNull(),
    step: col.int(),
    createdBy: col.key(26),
    createdByName: col.words(40),
    createdAt: col.instant(),
    updatedAt: col.instant(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  indexes: { code_order_of_company: ['companyId', 'id'], code_order_ended: ['endedAt'] },
})

/** One PDF of an order, in the order in which somebody walks. */
export interface PrintedFileRow {
  orderId: string
  fileNo: number
  /** From where to where, such as 松海园 1号楼1单元101 至 3号楼2单元602. */
  title: string
  codes: number
  pages: number
  missing: number
  /** In the storage (files/sealed-file.ts). */
  name: string
  cipherSealed: string
  bytes: number
  sha256: string
  createdAt: number
  /** How often it was fetched. */
  taken: number
}

export const printedFileTable = defineTable<PrintedFileRow>('code_printed_file', {
  columns: {
    orderId: col.key(26),
    fileNo: col.int(),
    title: col.words(260),
    codes: col.int(),
    pages: col.int(),
    missing: col.int(),
    name: col.key(32),
    cipherSealed: col.key(200),
    bytes: col.int(),
    sha256: col.key(64),
    createdAt: col.instant(),
    taken: col.int(),
  },
  primaryKey: ['orderId', 'fileNo'],
})
