import { shanghaiDay } from '../../core/clock'
import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, personOf } from '../../platforms/context'
import type { FileRow } from './entities'
import { limitsOf } from './policy'
import { type Progress, presentProgress } from './present'
import type { FileKind } from './schema'
import { findByClient, insertFile, nextSlot } from './store'

/** Each try takes the next place of the day, so only many at the same moment need several. */
const SLOT_TRIES = 10

/** Promises a file. The same client id is the same file, however often and from wherever it is sent. */
export async function beginFile(
  ctx: Ctx,
  input: { readonly clientId: string; readonly kind: FileKind; readonly bytes: number },
): Promise<Progress & { partBytes: number }> {
  const { maxBytes } = limitsOf(ctx, input.kind)
  if (input.bytes > maxBytes)
    throw new AppError('file_too_large', {
      message: `文件不能超过 ${Math.floor(maxBytes / 1_048_576)} MB，请换一个小一点的。`,
    })
  const row = await begun(ctx, input)
  if (row.kind !== input.kind || row.declaredBytes !== input.bytes || row.state === 'discarded')
    throw new AppError('idempotency_conflict')
  return { ...(await presentProgress(ctx, row)), partBytes: ctx.config.files.partBytes }
}

async function begun(
  ctx: Ctx,
  input: { readonly clientId: string; readonly kind: FileKind; readonly bytes: number },
): Promise<FileRow> {
  const person = personOf(ctx)
  const { files } = ctx.config
  const most = person.kind === 'staff' ? files.perStaffPerDay : files.perResidentPerDay
  const day = shanghaiDay(ctx.clock.now())
  for (let attempt = 0; attempt < SLOT_TRIES; attempt++) {
    try {
      return await inTransaction(ctx, async (tx) => {
        const before = await findByClient(tx, person.id, input.clientId)
        if (before) return before
        const slot = await nextSlot(tx, person.id, day)
        if (slot >= most) throw new AppError('file_limit')
        const row = newRow(ctx, { ...input, day, slot })
        await insertFile(tx, row)
        return row
      })
    } catch (error) {
      if (!isDuplicate(error)) throw error
    }
  }
  throw new AppError('busy', { retryAfterSeconds: 1 })
}

function newRow(
  ctx: Ctx,
  input: { clientId: string; kind: FileKind; bytes: number; day: string; slot: number },
): FileRow {
  const person = personOf(ctx)
  const now = ctx.clock.now()
  return {
    id: ctx.ids.next(),
    ownerKind: person.kind,
    ownerId: person.id,
    residentId: ctx.resident?.id ?? null,
    clientId: input.clientId,
    day: input.day,
    slot: input.slot,
    kind: input.kind,
    channel: person.kind === 'staff' ? 'staff' : (ctx.resident?.channel ?? ''),
    declaredBytes: input.bytes,
    state: 'receiving',
    reason: null,
    attempts: 0,
    ...nothingStored,
    claim: null,
    claimedAt: null,
    checkState: 'none',
    checkTrace: null,
    checkLabel: null,
    checkAskedAt: null,
    checkedBy: null,
    createdAt: now,
    updatedAt: now,
  }
}

const nothingStored = {
  storageKey: null,
  thumbKey: null,
  cipherSealed: null,
  sha256: null,
  thumbSha256: null,
  contentType: null,
  bytes: null,
  thumbBytes: null,
  width: null,
  height: null,
  durationMs: null,
} as const
