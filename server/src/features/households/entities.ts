import { col, defineTable } from '../../core/db/tables'
import type { HouseholdRole } from './schema'

export interface HouseholdRow {
  id: string
  companyId: string
  accountNo: string
  /** SealedOwner as JSON: name and phone under one seal (owner.ts). */
  ownerSealed: string
  /** Blind index of the household's id and the phone's last four digits, so that equal digits look different. */
  phoneTailIndex: string | null
  /** Blind index of the whole number, by which a caller is known; null without a usable one. */
  phoneIndex: string | null
  /** Equal exactly when an import says what is stored already, so that nothing need be opened to compare. */
  factsIndex: string
  community: string
  addressText: string
  shortAddress: string
  placeId: string
  supplyId: string | null
  createdAt: number
  updatedAt: number
}

export const householdTable = defineTable<HouseholdRow>('household', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    accountNo: col.key(20),
    ownerSealed: col.key(640),
    phoneTailIndex: col.key(64).orNull(),
    phoneIndex: col.key(64).orNull(),
    factsIndex: col.key(64),
    community: col.words(80),
    addressText: col.words(200),
    shortAddress: col.words(80),
    placeId: col.key(26),
    supplyId: col.key(26).orNull(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { household_account: ['companyId', 'accountNo'] },
  indexes: {
    household_by_place: ['placeId', 'id'],
    household_by_supply: ['supplyId', 'id'],
    household_by_phone: ['phoneIndex'],
  },
})

/** A knot of one of the two trees: where households stand (`place`), and what feeds them (`supply`). */
export interface AreaRow {
  id: string
  companyId: string
  tree: 'place' | 'supply'
  kind: string
  name: string
  /** All names from the root, joined by a slash: the natural key. */
  fullName: string
  parentId: string | null
  /** The ids from the root down to this one, each followed by a slash: everything below shares this prefix. */
  path: string
  contactSealed: string | null
  createdAt: number
}

export const areaTable = defineTable<AreaRow>('area', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    tree: col.key(8),
    kind: col.key(16),
    name: col.words(80),
    fullName: col.words(250),
    parentId: col.key(26).orNull(),
    path: col.key(160),
    contactSealed: col.key(512).orNull(),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { area_name: ['companyId', 'tree', 'fullName'] },
  indexes: { area_by_path: ['path'], area_by_parent: ['companyId', 'parentId', 'id'] },
})

export interface BindingRow {
  id: string
  residentId: string
  householdId: string
  role: HouseholdRole
  isDefault: number
  boundAt: number
  unboundAt: number | null
  /**
   * What stands behind the role: `code` was sent to the owner's phone, `invite` and `consent` were given by somebody
   * who lives there. Null where the account number and four digits were enough, which proves no owner.
   */
  proof?: 'code' | 'invite' | 'consent' | null
  /** The change of holder that ended it; null when somebody ended it by hand. */
  endedBy?: string | null
  /** 1 while bound, null afterwards: unique keys count nulls as different, so old rows never stand in the way. */
  activeSlot: number | null
}

export const bindingTable = defineTable<BindingRow>('binding', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    householdId: col.key(26),
    role: col.key(8),
    isDefault: col.flag(),
    boundAt: col.instant(),
    unboundAt: col.instant().orNull(),
    proof: col.key(8).orNull(),
    endedBy: col.key(26).orNull(),
    activeSlot: col.int().orNull(),
  },
  primaryKey: ['id'],
  unique: { binding_active: ['residentId', 'householdId', 'activeSlot'] },
  /** With the resident in it, who lives in a million households is read from the index alone. */
  indexes: {
    binding_ended: ['unboundAt'],
    binding_by_household: ['householdId', 'activeSlot', 'residentId'],
  },
})

/** One try to bind, right or wrong: what a repeat of the same client id is answered from. */
export interface BindAttemptRow {
  id: string
  residentId: string
  clientId: string
  inputIndex: string
  accountIndex: string
  outcome: 'bound' | 'refused'
  householdId: string | null
  at: number
}

export const bindAttemptTable = defineTable<BindAttemptRow>('bind_attempt', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    clientId: col.key(64),
    inputIndex: col.key(64),
    accountIndex: col.key(64),
    outcome: col.key(8),
    householdId: col.key(26).orNull(),
    at: col.instant(),
  },
  primaryKey: ['id'],
  unique: { bind_attempt_client: ['residentId', 'clientId'] },
})

/** Counts one resident's tries, and is the lock under which their bindings change. */
export interface BindHolderRow {
  residentId: string
  triesDay: string
  tries: number
}

export const bindHolderTable = defineTable<BindHolderRow>('bind_holder', {
  columns: { residentId: col.key(26), triesDay: col.key(10), tries: col.int() },
  primaryKey: ['residentId'],
})

/** Counts wrong tries and codes for one account number, whether a household has it or not. */
export interface BindGuardRow {
  accountIndex: string
  wrongDay: string
  wrongCount: number
  lockedUntil: number | null
  codeDay: string
  codeCount: number
  codeSentAt: number | null
}

export const bindGuardTable = defineTable<BindGuardRow>('bind_guard', {
  columns: {
    accountIndex: col.key(64),
    wrongDay: col.key(10),
    wrongCount: col.int(),
    lockedUntil: col.instant().orNull(),
    codeDay: col.key(10),
    codeCount: col.int(),
    codeSentAt: col.instant().orNull(),
  },
  primaryKey: ['accountIndex'],
})

/** A customer to be called when supply goes: 重要 and 敏感 by the company's list, 历史投诉 by themselves. */
export interface HouseholdMarkRow {
  householdId: string
  mark: 'important' | 'sensitive' | 'complained'
  note: string
  /** Who said so; null for a list that was imported and for the portal itself. */
  byStaff: string | null
  at: number
  /** Until when it counts; null for good. */
  until: number | null
}

export const householdMarkTable = defineTable<HouseholdMarkRow>('household_mark', {
  columns: {
    householdId: col.key(26),
    mark: col.key(12),
    note: col.words(100),
    byStaff: col.key(26).orNull(),
    at: col.instant(),
    until: col.instant().orNull(),
  },
  primaryKey: ['householdId', 'mark'],
  indexes: { household_mark_until: ['until'] },
})

/** Somebody who holds the household's printed code may pay and report there for a while, bound or not. */
export interface HouseholdVisitRow {
  residentId: string
  householdId: string
  /** The code that opened it, by which figures are kept and the visit is ended when the code is revoked. */
  codeId: string
  until: number
}

export const householdVisitTable = defineTable<HouseholdVisitRow>('household_visit', {
  columns: { residentId: col.key(26), householdId: col.key(26), codeId: col.key(26), until: col.instant() },
  primaryKey: ['residentId', 'householdId'],
  indexes: { household_visit_by_code: ['codeId'], household_visit_until: ['until'] },
})

/** 过户 or a move-out: from a date on the household is held by somebody else, and what was before is not theirs. */
export interface HandoverRow {
  id: string
  householdId: string
  companyId: string
  /** `transfer` has a new holder; after `move-out` there is none yet. */
  kind: 'transfer' | 'move-out'
  /** The first moment of the new holder's time. */
  effectiveAt: number
  /** `planned` waits for its day; `withdrawn` was a mistake and counts for nothing. */
  state: 'planned' | 'applied' | 'withdrawn'
  source: 'staff' | 'import'
  /** Who recorded it; null for an import. */
  byStaff: string | null
  note: string
  /** Ids of bindings that stay, as JSON: those that the new holder had made already. */
  kept: string
  recordedAt: number
  appliedAt: number | null
  withdrawnAt: number | null
}

export const handoverTable = defineTable<HandoverRow>('household_handover', {
  columns: {
    id: col.key(26),
    householdId: col.key(26),
    companyId: col.key(32),
    kind: col.key(8),
    effectiveAt: col.instant(),
    state: col.key(9),
    source: col.key(8),
    byStaff: col.key(26).orNull(),
    note: col.words(100),
    kept: col.text(),
    recordedAt: col.instant(),
    appliedAt: col.instant().orNull(),
    withdrawnAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  indexes: {
    handover_of_household: ['householdId', 'state', 'effectiveAt'],
    handover_by_state: ['state', 'effectiveAt', 'id'],
    handover_by_time: ['appliedAt'],
  },
})
