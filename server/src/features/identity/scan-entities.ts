import { col, defineTable } from '../../core/db/tables'

/**
 * A browser on a PC that asks to be signed in by a telephone.
 * - `waiting`: its code is shown and nobody has scanned it
 * - `seen`: one resident has; nobody else can any more
 * - `confirmed`: that resident agreed, and this browser may fetch its session
 * - `refused`: that resident did not agree, or typed wrong numbers
 * - `used`: the session was fetched
 */
export type ScanState = 'waiting' | 'seen' | 'confirmed' | 'refused' | 'used'

export interface ScanRow {
  id: string
  tokenHash: string
  /** Hash of the secret in the cookie of the browser that asked. Nobody else is told anything or gets the session. */
  browserHash: string
  /** What the browser is, in our own words. */
  browserWords: string
  /** Where it asked from, masked, for a person; and keyed, to be compared with where the telephone is. */
  network: string
  networkIndex: string
  state: ScanState
  /** Two digits that only the PC shows, and only once somebody has scanned: who types them sits before it. */
  digits: string
  triesLeft: number
  /** Who scanned, with the wallet account that did. */
  residentId: string | null
  identityId: string | null
  /** The session that came of it, so that its owner reads later what it is. */
  sessionId: string | null
  createdAt: number
  expiresAt: number
}

export const scanTable = defineTable<ScanRow>('scan_login', {
  columns: {
    id: col.key(26),
    tokenHash: col.key(64),
    browserHash: col.key(64),
    browserWords: col.words(40),
    network: col.words(40),
    networkIndex: col.key(64),
    state: col.key(16),
    digits: col.key(2),
    triesLeft: col.int(),
    residentId: col.key(26).orNull(),
    identityId: col.key(26).orNull(),
    sessionId: col.key(26).orNull(),
    createdAt: col.instant(),
    expiresAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: { scan_login_token: ['tokenHash'] },
  indexes: {
    scan_login_expiry: ['expiresAt'],
    scan_login_by_identity: ['identityId'],
    scan_login_by_session: ['sessionId'],
    scan_login_by_resident: ['residentId'],
  },
})
