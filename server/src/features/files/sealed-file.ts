import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import type { Ctx } from '../../platforms/context'
import { newCipher, openBytes, type Stored, storeBytes } from './stored-bytes'
import { folder } from './upload-folder'

/** A PDF that the portal made itself and another feature keeps a row of: sealed like everything in the storage. */
export interface SealedFile extends Stored {
  /** 32 hex characters. */
  readonly name: string
  readonly cipherSealed: string
}

const keyOf = (name: string): string => `print/${name.slice(0, 2)}/${name}.pdf`

/** Where the file grows until keepSealed takes it. */
export async function sealedPath(ctx: Ctx, name: string): Promise<string> {
  await mkdir(folder(ctx), { recursive: true, mode: 0o700 })
  return join(folder(ctx), `${name}.print`)
}

/** Seals what has grown into the storage, and drops it here. Errors: storage_full, storage_unavailable. */
export async function keepSealed(ctx: Ctx, name: string): Promise<SealedFile> {
  const path = await sealedPath(ctx, name)
  const cipherSealed = newCipher(ctx)
  const stored = await storeBytes(ctx, { path, key: keyOf(name), cipherSealed, variant: 'main' })
  await rm(path, { force: true })
  return { ...stored, name, cipherSealed }
}

/** The bytes again. Errors: not_found, storage_unavailable; a file that was altered ends in an error. */
export async function openSealed(ctx: Ctx, file: SealedFile): Promise<Readable> {
  const row = { ...file, storageKey: keyOf(file.name), thumbKey: null, thumbBytes: null, thumbSha256: null }
  return openBytes(ctx, row, 'main')
}

/** Nothing of the file is left, neither here nor in the storage. Errors: storage_unavailable. */
export async function discardSealed(ctx: Ctx, name: string): Promise<void> {
  await rm(await sealedPath(ctx, name), { force: true })
  await ctx.platforms.storage.delete(keyOf(name))
}
