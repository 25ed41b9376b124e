import { shanghaiDay } from '../../core/clock'
import { inTransaction, isDuplicate } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { FileRow } from './entities'
import type { FileKind } from './schema'
import { findByClient, insertFile, nextSlot } from './store'

/** Each try takes the next place of the day, so only many at the same moment need several. */
const SLOT_TRIES = 10

export interface FileOwner {
  readonly kind: 'resident' | 'staff'
  readonly id: string
  readonly residentId: string | null
  /** The resident's login channel, or `staff`. */
  readonly channel: string
}

/** The row of a file that is about to come; the same client id of the same owner is the same row. Errors: file_limit. */
export async function promiseFile(
  ctx: Ctx,
  person: FileOwner,
  input: { readonly clientId: string; readonly kind: FileKind; readonly bytes: number },
): Promise<FileRow> {
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
        const row = newRow(ctx, person, { ...input, day, slot })
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
  person: FileOwner,
  input: { clientId: string; kind: FileKind; bytes: number; day: string; slot: number },
): FileRow {
  const now = ctx.clock.now()
  return {
    id: ctx.ids.next(),
    ownerKind: person.kind,
    ownerId: person.id,
    residentId: person.residentId,
    clientId: input.clientId,
    day: input.day,
    slot: input.slot,
    kind: input.kind,
    channel: person.channel,
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
