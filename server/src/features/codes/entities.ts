import { col, defineTable } from '../../core/db/tables'
import type { RevokeReason } from './schema'

/** One code of a household. Its token is not kept: it is made of `publicId` and the key that `keyId` names. */
export interface HouseholdCodeRow {
  id: string
  householdId: string
  companyId: string
  /** 80 random bits in hex: what the token carries instead of any number of the household's. */
  publicId: string
  /** The key of secrets.codeKeys under which its token is signed. */
  keyId: number
  /** 1 for a household's first code, 2 for the one after it. */
  serial: number
  state: 'active' | 'revoked'
  createdAt: number
  /** `staff:<id>`, or `system`. */
  createdBy: string
  revokedAt: number | null
  revokedBy: string | null
  why: RevokeReason | null
  /** 1 while active, null afterwards: unique keys count nulls as different, so old rows never stand in the way. */
  activeSlot: number | null
}

export const householdCodeTable = defineTable<HouseholdCodeRow>('household_code', {
  columns: {
    id: col.key(26),
    householdId: col.key(26),
    companyId: col.key(32),
    publicId: col.key(20),
    keyId: col.int(),
    serial: col.int(),
    state: col.key(8),
    createdAt: col.instant(),
    createdBy: col.key(40),
    revokedAt: col.instant().orNull(),
    revokedBy: col.key(40).orNull(),
    why: col.key(12).orNull(),
    activeSlot: col.int().orNull(),
  },
  primaryKey: ['id'],
  unique: {
    household_code_public: ['publicId'],
    household_code_active: ['householdId', 'activeSlot'],
    household_code_serial: ['householdId', 'serial'],
  },
  /** With the household in it, a company's codes in use and out of use are counted from the index alone. */
  indexes: { household_code_by_company: ['companyId', 'activeSlot', 'householdId'] },
})

/** How often a code was opened on one day in Shanghai. By whom is kept nowhere. */
export interface CodeScanRow {
  codeId: string
  day: string
  scans: number
}

export const codeScanTable = defineTable<CodeScanRow>('code_scan', {
  columns: { codeId: col.key(26), day: col.key(10), scans: col.int() },
  primaryKey: ['codeId', 'day'],
})
