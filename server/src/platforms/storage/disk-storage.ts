import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { AppError } from '../../core/errors'
import type { FileStorage, StoredObjectFacts } from '../file-storage'
import { checkedKey } from './object-key'

/**
 * Files below one folder that nobody serves: folders 0700, files 0600 without an exec bit. A file has its name only
 * when it is whole, compared with its checksum and on the disk.
 */
export function createDiskStorage(root: string): FileStorage {
  let serial = 0
  const pathOf = (key: string): string => join(root, checkedKey(key))
  return {
    async put(key, source, facts) {
      const path = pathOf(key)
      const growing = `${path}.${process.pid}-${++serial}`
      try {
        await mkdir(dirname(path), { recursive: true, mode: 0o700 })
        await writeWhole(growing, source, facts)
        await rename(growing, path)
      } catch (error) {
        await rm(growing, { force: true }).catch(() => undefined)
        throw storageError(error)
      }
    },
    async get(key, range) {
      const path = pathOf(key)
      try {
        await stat(path)
      } catch (error) {
        throw storageError(error)
      }
      return createReadStream(path, range ? { start: range.start, end: range.end } : {})
    },
    async delete(key) {
      await rm(pathOf(key), { force: true })
    },
  }
}

async function writeWhole(path: string, source: Readable, facts: StoredObjectFacts): Promise<void> {
  const hash = createHash('sha256')
  let bytes = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of source) {
      const piece = Buffer.from(chunk as Uint8Array)
      hash.update(piece)
      bytes += piece.length
      await writeAll(file, piece)
    }
    if (bytes !== facts.bytes || hash.digest('hex') !== facts.sha256)
      throw new AppError('storage_unavailable', { detail: `${bytes} bytes came, ${facts.bytes} were told` })
    await file.sync()
  } finally {
    await file.close()
  }
}

async function writeAll(file: FileHandle, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; ) at += (await file.write(bytes, at)).bytesWritten
}

function storageError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  if (code === 'ENOENT') return new AppError('not_found', { cause: error })
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('storage_full', { cause: error })
  return new AppError('storage_unavailable', { detail: code, cause: error })
}
