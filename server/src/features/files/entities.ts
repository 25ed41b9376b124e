import { col, defineTable } from '../../core/db/tables'
import type { FileKind } from './schema'

/**
 * `discarded` is seen by nobody: its bytes are being deleted, and its row keeps the day's place until tomorrow. The time
 * of an `expired` one is over: its bytes are gone (`expiring`: are being deleted), its row stays and says so, with what
 * was checked about it and the hash of what it was.
 */
export type FileState =
  | 'receiving'
  | 'processing'
  | 'ready'
  | 'refused'
  | 'discarded'
  | 'expiring'
  | 'expired'

/**
 * What the content check says. `none`: nobody asks for one. `pending`: asked, or about to be. `review`: a person must
 * look, because the platform was unsure or could not be asked.
 */
export type CheckState = 'none' | 'pending' | 'pass' | 'review' | 'risky'

export interface FileRow {
  id: string
  ownerKind: 'resident' | 'staff'
  ownerId: string
  /** The resident behind the session; of a field worker too, who may also be a customer. */
  residentId: string | null
  clientId: string
  /** Shanghai day and the file's place in it: what makes the daily limit hold against parallel requests. */
  day: string
  slot: number
  kind: FileKind
  /** The resident's login channel, or `staff`. */
  channel: string
  declaredBytes: number
  state: FileState
  /** Why it was refused, in words. */
  reason: string | null
  /** How often decoding was begun. */
  attempts: number
  storageKey: string | null
  thumbKey: string | null
  /** The key of the stored bytes, sealed by the vault. */
  cipherSealed: string | null
  /** Of the stored bytes, in hex. */
  sha256: string | null
  thumbSha256: string | null
  contentType: string | null
  bytes: number | null
  thumbBytes: number | null
  width: number | null
  height: number | null
  durationMs: number | null
  /** What it is attached to, such as `request:<id>`; null while it is loose. */
  claim: string | null
  claimedAt: number | null
  checkState: CheckState
  checkTrace: string | null
  /** The platform's label, kept as evidence. */
  checkLabel: number | null
  checkAskedAt: number | null
  /** The platform's event, or the staff member who judged. */
  checkedBy: string | null
  createdAt: number
  updatedAt: number
}

export const fileTable = defineTable<FileRow>('stored_file', {
  columns: {
    id: col.key(26),
    ownerKind: col.key(8),
    ownerId: col.key(26),
    residentId: col.key(26).orNull(),
    clientId: col.key(64),
    day: col.key(10),
    slot: col.int(),
    kind: col.key(8),
    channel: col.key(24),
    declaredBytes: col.int(),
    state: col.key(12),
    reason: col.words(120).orNull(),
    attempts: col.int(),
    storageKey: col.key(64).orNull(),
    thumbKey: col.key(64).orNull(),
    cipherSealed: col.key(200).orNull(),
    sha256: col.key(64).orNull(),
    thumbSha256: col.key(64).orNull(),
    contentType: col.key(32).orNull(),
    bytes: col.int().orNull(),
    thumbBytes: col.int().orNull(),
    width: col.int().orNull(),
    height: col.int().orNull(),
    durationMs: col.int().orNull(),
    claim: col.key(64).orNull(),
    claimedAt: col.instant().orNull(),
    checkState: col.key(8),
    checkTrace: col.key(96).orNull(),
    checkLabel: col.int().orNull(),
    checkAskedAt: col.instant().orNull(),
    checkedBy: col.key(40).orNull(),
    createdAt: col.instant(),
    updatedAt: col.instant(),
  },
  primaryKey: ['id'],
  unique: {
    file_by_client: ['ownerId', 'clientId'],
    file_by_slot: ['ownerId', 'day', 'slot'],
  },
  indexes: {
    file_loose: ['claim', 'createdAt'],
    file_unfinished: ['state', 'updatedAt'],
    file_by_check: ['checkState', 'checkAskedAt'],
    file_by_trace: ['checkTrace'],
    file_by_resident: ['residentId'],
  },
})

interface PushSeenRow {
  dedupe: string
  at: number
}

/** Pushed messages that were handled: the platform sends each one again until it hears success. */
export const pushSeenTable = defineTable<PushSeenRow>('push_seen', {
  columns: { dedupe: col.key(64), at: col.instant() },
  primaryKey: ['dedupe'],
  indexes: { push_seen_by_time: ['at'] },
})
