import { col, defineTable } from '../../core/db/tables'

/** A link by which one person joins a household; good once. */
export interface InviteRow {
  id: string
  householdId: string
  role: 'owner' | 'family' | 'tenant'
  tokenHash: string
  byResidentId: string
  /** The binding of whoever invited: when it ends, so does the invitation. */
  byBindingId: string
  state: 'open' | 'used' | 'revoked'
  createdAt: number
  expiresAt: number
  usedAt: number | null
  usedBy: string | null
}

export const inviteTable = defineTable<InviteRow>('family_invite', {
  columns: {
    id: col.key(26),
    householdId: col.key(26),
    role: col.key(8),
    tokenHash: col.key(64),
    byResidentId: col.key(26),
    byBindingId: col.key(26),
    state: col.key(8),
    createdAt: col.instant(),
    expiresAt: col.instant(),
    usedAt: col.instant().orNull(),
    usedBy: col.key(26).orNull(),
  },
  primaryKey: ['id'],
  unique: { family_invite_token: ['tokenHash'] },
  indexes: {
    family_invite_by: ['byResidentId'],
    family_invite_used_by: ['usedBy'],
    family_invite_of_household: ['householdId', 'state', 'id'],
  },
})

/** 亲情代办: one person acts for another in one household, with consent. */
export interface ProxyRow {
  id: string
  /** Null while it is only asked for: the person who agrees says for which of their households. */
  householdId: string | null
  agentResidentId: string
  /** The agent's binding by which they act; what ends it ends the right. */
  agentBindingId: string | null
  /** Who agreed in their own wallet, and the binding that they live there by; null by a code to the owner's phone. */
  principalResidentId: string | null
  principalBindingId: string | null
  relation: 'daughter' | 'son' | 'spouse' | 'grandchild' | 'other'
  /** What the agent calls themselves, under seal. */
  agentNameSealed: string
  tokenHash: string | null
  method: 'wallet' | 'sms-code'
  state: 'asked' | 'active' | 'ended' | 'refused'
  months: number
  askedAt: number
  askExpiresAt: number
  startedAt: number | null
  until: number | null
  endedAt: number | null
  endedBy: 'principal' | 'agent' | 'owner' | 'staff' | 'expired' | 'household' | null
}

export const proxyTable = defineTable<ProxyRow>('family_proxy', {
  columns: {
    id: col.key(26),
    householdId: col.key(26).orNull(),
    agentResidentId: col.key(26),
    agentBindingId: col.key(26).orNull(),
    principalResidentId: col.key(26).orNull(),
    principalBindingId: col.key(26).orNull(),
    relation: col.key(10),
    agentNameSealed: col.key(256),
    tokenHash: col.key(64).orNull(),
    method: col.key(8),
    state: col.key(8),
    months: col.int(),
    askedAt: col.instant(),
    askExpiresAt: col.instant(),
    startedAt: col.instant().orNull(),
    until: col.instant().orNull(),
    endedAt: col.instant().orNull(),
    endedBy: col.key(9).orNull(),
  },
  primaryKey: ['id'],
  unique: { family_proxy_token: ['tokenHash'] },
  indexes: {
    family_proxy_principal: ['principalResidentId'],
    family_proxy_ended: ['endedAt'],
    family_proxy_of_household: ['householdId', 'state', 'id'],
    family_proxy_of_agent: ['agentResidentId', 'state', 'id'],
    family_proxy_until: ['state', 'until'],
  },
})

/** That somebody agreed, or took it back: only added to, and what evidence there is. */
export interface ProxyConsentRow {
  id: string
  proxyId: string
  householdId: string
  granted: number
  /** Who said so; null where a code to the owner's phone did. */
  residentId: string | null
  staffId: string | null
  method: 'wallet' | 'sms-code' | 'staff' | 'time'
  purpose: 'act-for-me'
  version: string
  textSha256: string
  channel: string
  at: number
}

export const proxyConsentTable = defineTable<ProxyConsentRow>('family_consent', {
  columns: {
    id: col.key(26),
    proxyId: col.key(26),
    householdId: col.key(26),
    granted: col.flag(),
    residentId: col.key(26).orNull(),
    staffId: col.key(26).orNull(),
    method: col.key(8),
    purpose: col.key(16),
    version: col.key(16),
    textSha256: col.key(64),
    channel: col.key(16),
    at: col.instant(),
  },
  primaryKey: ['id'],
  indexes: { family_consent_by_resident: ['residentId'], family_consent_of_proxy: ['proxyId', 'id'] },
})

/** One thing that was done for somebody. */
export interface ProxyActRow {
  id: string
  proxyId: string
  householdId: string
  what: 'paid' | 'request' | 'reading'
  /** Such as payment:01J…; the same thing is noted once. */
  object: string
  amountFen: number | null
  at: number
}

export const proxyActTable = defineTable<ProxyActRow>('family_act', {
  columns: {
    id: col.key(26),
    proxyId: col.key(26),
    householdId: col.key(26),
    what: col.key(8),
    object: col.key(64),
    amountFen: col.fen().orNull(),
    at: col.instant(),
  },
  primaryKey: ['id'],
  unique: { family_act_once: ['proxyId', 'object'] },
  indexes: { family_act_of_household: ['householdId', 'id'] },
})
