import { createCipheriv, createDecipheriv, createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline, Readable, Transform } from 'node:stream'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { FileRow } from './entities'
import type { Variant } from './link'

/**
 * Bytes are sealed before they leave the process: AES-256 in counter mode with a key for each file, which lies in the
 * row, sealed by the vault. So neither the disk nor an S3 store can read them, and any range can still be opened.
 * The checksum over what is stored tells when it was altered.
 */
const BLOCK = 16
/** The two variants of a file share its key, so each counts from a place of its own. */
const FIRST_BLOCK: Readonly<Record<Variant, number>> = { main: 0, thumb: 0x8000_0000 }

/** A new key for one file, sealed. */
export function newCipher(ctx: Ctx): string {
  return ctx.vault.seal(ctx.ids.token(32))
}

function counterAt(variant: Variant, block: number): Buffer {
  const counter = Buffer.alloc(BLOCK)
  counter.writeUInt32BE(FIRST_BLOCK[variant], 8)
  counter.writeUInt32BE(block, 12)
  return counter
}

function keyOf(ctx: Ctx, cipherSealed: string): Buffer {
  return Buffer.from(ctx.vault.open(cipherSealed), 'hex')
}

export interface Stored {
  readonly bytes: number
  readonly sha256: string
}

/** Seals a temporary file and hands it to the storage. Reads it twice: the checksum must be told first. */
export async function storeBytes(
  ctx: Ctx,
  from: {
    readonly path: string
    readonly key: string
    readonly cipherSealed: string
    readonly variant: Variant
  },
): Promise<Stored> {
  const secret = keyOf(ctx, from.cipherSealed)
  const sealed = (): Readable =>
    piped(createReadStream(from.path), createCipheriv('aes-256-ctr', secret, counterAt(from.variant, 0)))
  const hash = createHash('sha256')
  let bytes = 0
  for await (const chunk of sealed()) {
    const piece = chunk as Buffer
    hash.update(piece)
    bytes += piece.length
  }
  const facts = { bytes, sha256: hash.digest('hex') }
  const source = sealed()
  try {
    await ctx.platforms.storage.put(from.key, source, facts)
  } finally {
    // A store that gave up early leaves it unread, and the file behind it open.
    source.destroy()
  }
  return facts
}

/** What must be known of a file to read it again. */
type StoredRow = Pick<
  FileRow,
  'storageKey' | 'bytes' | 'sha256' | 'thumbKey' | 'thumbBytes' | 'thumbSha256' | 'cipherSealed'
>

/** Where one variant of a file lies, and what is known of it. */
export function storedVariant(
  row: Omit<StoredRow, 'cipherSealed'>,
  variant: Variant,
): { key: string; bytes: number; sha256: string } {
  const [key, bytes, sha256] =
    variant === 'main'
      ? [row.storageKey, row.bytes, row.sha256]
      : [row.thumbKey, row.thumbBytes, row.thumbSha256]
  if (key === null || bytes === null || sha256 === null) throw new AppError('not_found')
  return { key, bytes: Number(bytes), sha256 }
}

/** The opened bytes. A whole file that is not what was stored ends in an error instead of its last bytes. */
export async function openBytes(
  ctx: Ctx,
  row: StoredRow,
  variant: Variant,
  range?: { readonly start: number; readonly end: number },
): Promise<Readable> {
  const { key, sha256 } = storedVariant(row, variant)
  if (row.cipherSealed === null) throw new AppError('not_found')
  const secret = keyOf(ctx, row.cipherSealed)
  const start = range?.start ?? 0
  const skip = start % BLOCK
  const from = range ? { start: start - skip, end: range.end } : undefined
  const source = await ctx.platforms.storage.get(key, from)
  const decipher = createDecipheriv('aes-256-ctr', secret, counterAt(variant, Math.floor(start / BLOCK)))
  const opened = piped(range ? source : piped(source, compared(sha256)), decipher)
  return skip === 0 ? opened : piped(opened, without(skip))
}

/** Holds the newest bytes back until it is known that all were right. */
function compared(sha256: string): Transform {
  const hash = createHash('sha256')
  let held: Buffer | null = null
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk)
      const before = held
      held = chunk
      done(null, before ?? undefined)
    },
    flush(done) {
      if (hash.digest('hex') === sha256) return done(null, held ?? undefined)
      done(new AppError('storage_unavailable', { detail: 'a stored file is not what was stored' }))
    },
  })
}

function without(skip: number): Transform {
  let left = skip
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const cut = Math.min(left, chunk.length)
      left -= cut
      done(null, chunk.subarray(cut))
    },
  })
}

/** An error or an end on one side ends the other, so that nothing stays open. */
function piped(source: Readable, into: Transform | ReturnType<typeof createCipheriv>): Readable {
  pipeline(source, into, () => undefined)
  return into as unknown as Readable
}
