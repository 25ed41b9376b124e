import { col, defineTable } from '../../core/db/tables'

/** A person as the portal knows one. `mergedInto` says under which other row this person lives on. */
export interface ResidentRow {
  id: string
  phoneSealed: string | null
  phoneIndex: string | null
  phoneVerifiedAt: number | null
  elderMode: number
  mergedInto: string | null
  createdAt: number
  endedAt: number | null
  /** Until when a browser visits by a household's code. Null for everybody else, and for guests whose acts are kept. */
  guestUntil: number | null
}

export const residentTable = defineTable<ResidentRow>('resident', {
  columns: {
    id: col.key(26),
    phoneSealed: col.text().orNull(),
    phoneIndex: col.key(64).orNull(),
    phoneVerifiedAt: col.instant().orNull(),
    elderMode: col.flag(),
    mergedInto: col.key(26).orNull(),
    createdAt: col.instant(),
    endedAt: col.instant().orNull(),
    guestUntil: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { resident_phone: ['phoneIndex'] },
  indexes: { resident_merged: ['mergedInto'], resident_guest: ['guestUntil'] },
})

/** One wallet account of a resident. An id counts only together with the app and the kind of id it belongs to. */
export interface IdentityRow {
  id: string
  residentId: string
  provider: string
  appId: string
  idType: string
  subjectSealed: string
  subjectIndex: string
  unionIndex: string | null
  linkedAt: number
  lastLoginAt: number
}

export const identityTable = defineTable<IdentityRow>('resident_identity', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    provider: col.key(16),
    appId: col.key(32),
    idType: col.key(16),
    subjectSealed: col.text(),
    subjectIndex: col.key(64),
    unionIndex: col.key(64).orNull(),
    linkedAt: col.instant(),
    lastLoginAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { resident_identity_subject: ['provider', 'appId', 'idType', 'subjectIndex'] },
  indexes: {
    resident_identity_by_resident: ['residentId', 'provider', 'appId'],
    resident_identity_union: ['unionIndex'],
  },
})

/** Which resident a unionid belongs to: the key that makes two first logins from two apps one person. */
interface UnionRow {
  unionIndex: string
  residentId: string
}

export const unionTable = defineTable<UnionRow>('resident_union', {
  columns: { unionIndex: col.key(64), residentId: col.key(26) },
  primaryKey: ['unionIndex'],
  indexes: { resident_union_by_resident: ['residentId'] },
})

export interface SessionRow {
  id: string
  tokenHash: string
  residentId: string
  /** The wallet account that opened it: the one that pays. Null after a login by SMS code. */
  identityId: string | null
  channel: string
  createdAt: number
  lastSeenAt: number
  expiresAt: number
  endedAt: number | null
}

export const sessionTable = defineTable<SessionRow>('resident_session', {
  columns: {
    id: col.key(26),
    tokenHash: col.key(64),
    residentId: col.key(26),
    identityId: col.key(26).orNull(),
    channel: col.key(16),
    createdAt: col.instant(),
    lastSeenAt: col.instant(),
    expiresAt: col.instant(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { resident_session_token: ['tokenHash'] },
  indexes: {
    resident_session_by_resident: ['residentId', 'endedAt'],
    resident_session_by_identity: ['identityId'],
    resident_session_expiry: ['expiresAt'],
  },
})

export interface SmsCodeRow {
  id: string
  phoneIndex: string
  purpose: string
  codeHash: string
  triesLeft: number
  createdAt: number
  expiresAt: number
  usedAt: number | null
}

export const smsCodeTable = defineTable<SmsCodeRow>('sms_code', {
  columns: {
    id: col.key(26),
    phoneIndex: col.key(64),
    purpose: col.key(64),
    codeHash: col.key(64),
    triesLeft: col.int(),
    createdAt: col.instant(),
    expiresAt: col.instant(),
    usedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  indexes: { sms_code_newest: ['phoneIndex', 'purpose', 'id'], sms_code_expiry: ['expiresAt'] },
})

export interface LoginTicketRow {
  ticketHash: string
  residentId: string
  identityId: string
  channel: string
  browserHash: string
  expiresAt: number
  usedAt: number | null
}

export const loginTicketTable = defineTable<LoginTicketRow>('login_ticket', {
  columns: {
    ticketHash: col.key(64),
    residentId: col.key(26),
    identityId: col.key(26),
    channel: col.key(16),
    browserHash: col.key(64),
    expiresAt: col.instant(),
    usedAt: col.instant().orNull(),
  },
  primaryKey: ['ticketHash'],
  indexes: {
    login_ticket_expiry: ['expiresAt'],
    login_ticket_by_identity: ['identityId'],
    login_ticket_by_resident: ['residentId'],
  },
})

/** Append-only: a withdrawal is a row of its own. */
export interface ConsentRow {
  id: string
  residentId: string
  purpose: string
  version: string
  textSha256: string
  granted: number
  channel: string
  clientVersion: string
  createdAt: number
}

export const consentTable = defineTable<ConsentRow>('consent', {
  columns: {
    id: col.key(26),
    residentId: col.key(26),
    purpose: col.key(32),
    version: col.key(32),
    textSha256: col.key(64),
    granted: col.flag(),
    channel: col.key(16),
    clientVersion: col.key(32),
    createdAt: col.instant(),
  },
  primaryKey: ['id'],
  indexes: { consent_newest: ['residentId', 'purpose', 'id'] },
})
