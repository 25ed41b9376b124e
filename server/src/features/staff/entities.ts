import { col, defineTable } from '../../core/db/tables'

export type Presence = 'online' | 'away' | 'offline'

export interface StaffAccountRow {
  id: string
  loginName: string
  name: string
  phoneSealed: string | null
  /** StaffRole[] as JSON. */
  roles: string
  /** Company ids as JSON; null is all companies. */
  companies: string | null
  /** Area ids as JSON; null is all areas. */
  areaIds: string | null
  teamId: string | null
  /** Codes of skills as JSON. */
  skills: string
  state: 'active' | 'disabled'
  /** argon2id with its parameters inside, in PHC form. */
  passwordHash: string
  passwordSetAt: number
  /** 1: a password that works once, not used yet; 2: it was used, and only changing it is left. */
  mustChangePassword: 0 | 1 | 2
  totpSealed: string | null
  /** The time step of the last code that was taken; that one and older ones are used up. */
  totpStep: number
  /** The resident whose wallet this person works with in the field. */
  walletResidentId: string | null
  presence: Presence
  /** The last request of this person, from the console or the field; null before the first. */
  lastSeenAt: number | null
  /** Keyed hash over what gives power (roles, scope, state, password, second factor, wallet), so that SQL alone cannot. */
  seal: string
  createdAt: number
  updatedAt: number
}

export const staffAccountTable = defineTable<StaffAccountRow>('staff_account', {
  columns: {
    id: col.key(26),
    loginName: col.key(32),
    name: col.words(20),
    phoneSealed: col.key(160).orNull(),
    roles: col.key(160),
    companies: col.text().orNull(),
    areaIds: col.text().orNull(),
    teamId: col.key(26).orNull(),
    skills: col.text(),
    state: col.key(8),
    passwordHash: col.key(160),
    passwordSetAt: col.instant(),
    mustChangePassword: col.flag(),
    totpSealed: col.key(160).orNull(),
    totpStep: col.int(),
    walletResidentId: col.key(26).orNull(),
    presence: col.key(8),
    lastSeenAt: col.instant().orNull(),
    seal: col.key(64),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { staff_account_login: ['loginName'], staff_account_wallet: ['walletResidentId'] },
  indexes: { staff_account_by_name: ['name', 'id'], staff_account_by_team: ['teamId', 'id'] },
})

export interface StaffSessionRow {
  id: string
  staffId: string
  /** SHA-256 of the cookie's token. */
  tokenHash: string
  ip: string | null
  agent: string
  createdAt: number
  lastSeenAt: number
  expiresAt: number
  endedAt: number | null
}

export const staffSessionTable = defineTable<StaffSessionRow>('staff_session', {
  columns: {
    id: col.key(26),
    staffId: col.key(26),
    tokenHash: col.key(64),
    ip: col.key(64).orNull(),
    agent: col.words(120),
    createdAt: col.instant(),
    lastSeenAt: col.instant(),
    expiresAt: col.instant(),
    endedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
  unique: { staff_session_token: ['tokenHash'] },
  indexes: { staff_session_of_staff: ['staffId', 'endedAt'], staff_session_expiry: ['expiresAt'] },
})

/** Passwords that somebody had, so that the last few cannot come back. */
export interface StaffPasswordRow {
  id: string
  staffId: string
  passwordHash: string
  setAt: number
}

export const staffPasswordTable = defineTable<StaffPasswordRow>('staff_password', {
  columns: { id: col.key(26), staffId: col.key(26), passwordHash: col.key(160), setAt: col.instant() },
  primaryKey: ['id'],
  indexes: { staff_password_of_staff: ['staffId', 'id'] },
})

/** Between the password and the code: who is half signed in. */
export interface StaffChallengeRow {
  tokenHash: string
  staffId: string
  /** The secret of somebody who enrols; null when the account's own counts. */
  secretSealed: string | null
  triesLeft: number
  expiresAt: number
  usedAt: number | null
}

export const staffChallengeTable = defineTable<StaffChallengeRow>('staff_challenge', {
  columns: {
    tokenHash: col.key(64),
    staffId: col.key(26),
    secretSealed: col.key(160).orNull(),
    triesLeft: col.int(),
    expiresAt: col.instant(),
    usedAt: col.instant().orNull(),
  },
  primaryKey: ['tokenHash'],
  indexes: { staff_challenge_expiry: ['expiresAt'], staff_challenge_of_staff: ['staffId'] },
})

/** Counts wrong tries of one login name (whether there is such an account or not) or one address. */
export interface StaffGuardRow {
  guardKey: string
  tries: number
  since: number
  lockedUntil: number | null
}

export const staffGuardTable = defineTable<StaffGuardRow>('staff_guard', {
  columns: {
    guardKey: col.key(64),
    tries: col.int(),
    since: col.instant(),
    lockedUntil: col.instant().orNull(),
  },
  primaryKey: ['guardKey'],
  indexes: { staff_guard_by_age: ['since'] },
})

export interface StaffBindCodeRow {
  codeHash: string
  staffId: string
  expiresAt: number
  usedAt: number | null
}

export const staffBindCodeTable = defineTable<StaffBindCodeRow>('staff_bind_code', {
  columns: {
    codeHash: col.key(64),
    staffId: col.key(26),
    expiresAt: col.instant(),
    usedAt: col.instant().orNull(),
  },
  primaryKey: ['codeHash'],
  indexes: { staff_bind_code_expiry: ['expiresAt'], staff_bind_code_of_staff: ['staffId'] },
})

export interface StaffTeamRow {
  id: string
  companyId: string
  name: string
  leadId: string | null
  /** Area ids as JSON; none means the whole company. */
  areaIds: string
  createdAt: number
  updatedAt: number
}

export const staffTeamTable = defineTable<StaffTeamRow>('staff_team', {
  columns: {
    id: col.key(26),
    companyId: col.key(32),
    name: col.words(30),
    leadId: col.key(26).orNull(),
    areaIds: col.text(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { staff_team_name: ['companyId', 'name'] },
})

/** One row: the code with which the very first account is made, and the lock of that moment. */
export interface StaffSetUpRow {
  id: string
  codeHash: string
  expiresAt: number
  usedAt: number | null
}

export const staffSetUpTable = defineTable<StaffSetUpRow>('staff_set_up', {
  columns: {
    id: col.key(8),
    codeHash: col.key(64),
    expiresAt: col.instant(),
    usedAt: col.instant().orNull(),
  },
  primaryKey: ['id'],
})
