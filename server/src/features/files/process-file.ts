import { stat } from 'node:fs/promises'
import { recordAudit } from '../../core/audit'
import { inTransaction, outsideTransaction, type Tx } from '../../core/db/database'
import type { Ctx } from '../../platforms/context'
import { enqueue } from '../../core/jobs/define'
import { checkNeeded } from './ask-check'
import { decoderOf } from './decoder/pool'
import type { Decoded } from './decoder/protocol'
import { deleteBytes } from './delete-bytes'
import type { FileRow } from './entities'
import { askCheckJob } from './check-job'
import { limitsOf } from './policy'
import { beginProcessing, findFile, markReady, moveFile } from './store'
import { newCipher, storeBytes } from './stored-bytes'
import { diskError, dropTemporary, receivedBytes, temporaryPath } from './upload-folder'

/** A decoder that died may have been ended for no fault of the file's; twice is no accident. */
const MOST_ATTEMPTS = 2
/** Far longer than decoding and storing may take: whoever began is gone. */
export const ABANDONED_MS = 10 * 60_000
const UNREADABLE = '这个文件打不开，请换一个再传。'

const underWay = new Map<string, Promise<void>>()

/**
 * Decodes a file that is here whole, encodes it anew, stores that and forgets the original. Who asks while it runs
 * waits for the same run. Errors leave the file `receiving`, so that finish may be said again.
 */
export function processFile(ctx: Ctx, fileId: string): Promise<void> {
  const running = underWay.get(fileId)
  if (running) return running
  const work = outsideTransaction(() => run(ctx, fileId)).finally(() => underWay.delete(fileId))
  underWay.set(fileId, work)
  return work
}

async function run(ctx: Ctx, fileId: string): Promise<void> {
  const row = await take(ctx, fileId)
  if (!row) return
  try {
    await decodeAndStore(ctx, row)
  } catch (error) {
    const known = diskError(error)
    ctx.log.warn({ err: known, fileId }, 'files.not-processed')
    const { now } = ctx.clock
    await inTransaction(ctx, (tx) =>
      moveFile(tx, fileId, { from: 'processing', to: 'receiving', now: now() }),
    )
    throw known
  }
}

/** Makes the file ours to process; null when somebody else does, or there is nothing to do. */
async function take(ctx: Ctx, fileId: string): Promise<FileRow | null> {
  return inTransaction(ctx, async (tx) => {
    const row = await findFile(tx, fileId)
    if (!row || (row.state !== 'receiving' && row.state !== 'processing')) return null
    const now = ctx.clock.now()
    const facts = {
      storageKey: row.storageKey ?? newKey(ctx, row.kind, extensionOf(row)),
      thumbKey: row.kind === 'image' ? (row.thumbKey ?? newKey(ctx, 'thumb', 'jpg')) : null,
      cipherSealed: newCipher(ctx),
    }
    const mine = await beginProcessing(tx, fileId, row.state, {
      ...facts,
      now,
      staleBefore: now - ABANDONED_MS,
    })
    return mine ? { ...row, ...facts, attempts: Number(row.attempts) + 1 } : null
  })
}

/** 128 random bits; the name that a file had at home is never known to us. */
function newKey(ctx: Ctx, prefix: string, extension: string): string {
  const name = ctx.ids.token(16)
  return `${prefix}/${name.slice(0, 2)}/${name}.${extension}`
}

const extensionOf = (row: FileRow): string => (row.kind === 'image' ? 'jpg' : 'bin')

async function decodeAndStore(ctx: Ctx, row: FileRow): Promise<void> {
  if ((await receivedBytes(ctx, row.id)) !== row.declaredBytes) {
    return refuse(ctx, row, '上传中断了，请重新选择后再传。')
  }
  const { maxMs } = limitsOf(ctx, row.kind)
  const outcome = await decoderOf(ctx.config.files).run(row.ownerId, {
    kind: row.kind,
    input: temporaryPath(ctx, row.id, 'part'),
    main: temporaryPath(ctx, row.id, 'main'),
    thumb: temporaryPath(ctx, row.id, 'thumb'),
    maxMs,
  })
  if (outcome.state === 'refused') return refuse(ctx, row, outcome.reason)
  if (outcome.state === 'decoded') return store(ctx, row, outcome.decoded)
  ctx.log.warn({ fileId: row.id, kind: row.kind, how: outcome.how }, 'files.decoder-died')
  if (outcome.how === 'timeout' || row.attempts >= MOST_ATTEMPTS) return refuse(ctx, row, UNREADABLE)
  return decodeAndStore(ctx, { ...row, attempts: row.attempts + 1 })
}

async function refuse(ctx: Ctx, row: FileRow, reason: string): Promise<void> {
  const now = ctx.clock.now()
  await inTransaction(ctx, (tx) => moveFile(tx, row.id, { from: 'processing', to: 'refused', now, reason }))
  await dropTemporary(ctx, row.id)
}

async function store(ctx: Ctx, row: FileRow, decoded: Decoded): Promise<void> {
  const { storageKey, thumbKey, cipherSealed } = row
  if (storageKey === null || cipherSealed === null) throw new Error('A file is stored under no key.')
  const paths = { main: temporaryPath(ctx, row.id, 'main'), thumb: temporaryPath(ctx, row.id, 'thumb') }
  // A recording that the limit of bytes let in must not have grown past it in its new container.
  if ((await stat(paths.main)).size > 2 * limitsOf(ctx, row.kind).maxBytes)
    return refuse(ctx, row, UNREADABLE)
  const main = await storeBytes(ctx, { path: paths.main, key: storageKey, cipherSealed, variant: 'main' })
  const thumb =
    thumbKey === null
      ? null
      : await storeBytes(ctx, { path: paths.thumb, key: thumbKey, cipherSealed, variant: 'thumb' })
  const checked = checkNeeded(row)
  const isReady = await inTransaction(ctx, async (tx) => {
    const moved = await markReady(tx, row.id, {
      ...decoded,
      sha256: main.sha256,
      bytes: main.bytes,
      thumbSha256: thumb?.sha256 ?? null,
      thumbBytes: thumb?.bytes ?? null,
      checkState: checked,
      now: ctx.clock.now(),
    })
    if (moved) await follow(tx, ctx, row, checked)
    return moved
  })
  await dropTemporary(ctx, row.id)
  if (!isReady) await deleteBytes(ctx, row)
}

async function follow(tx: Tx, ctx: Ctx, row: FileRow, checked: 'none' | 'pending' | 'review'): Promise<void> {
  await recordAudit(tx, ctx, {
    action: 'files.finish',
    actor: `${row.ownerKind}:${row.ownerId}`,
    object: `file:${row.id}`,
    detail: { kind: row.kind },
  })
  if (checked === 'pending') await enqueue(tx, ctx, askCheckJob, { fileId: row.id }, { key: row.id })
}
