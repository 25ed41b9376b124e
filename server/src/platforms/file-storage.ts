import type { Readable } from 'node:stream'

/** What must be known of an object before its first byte is sent. */
export interface StoredObjectFacts {
  readonly bytes: number
  /** Hex SHA-256 of the bytes as they are stored; a store that can compare it does. */
  readonly sha256: string
}

/**
 * Where files lie: a folder of this machine, or a store that speaks S3. Keys are made by the portal, never by a
 * client, and look like `image/3f/3f0c…`. What is stored is sealed already, so a store needs no types and no names.
 */
export interface FileStorage {
  /** Keeps the bytes under the key, whole or not at all. Errors: `storage_full`, `storage_unavailable`. */
  put(key: string, source: Readable, facts: StoredObjectFacts): Promise<void>
  /** `range` counts bytes, both ends included. Errors: `not_found`, `storage_unavailable`. */
  get(key: string, range?: { readonly start: number; readonly end: number }): Promise<Readable>
  /** What is gone already is no error. */
  delete(key: string): Promise<void>
}
