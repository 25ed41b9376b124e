import type { Reader } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, personOf } from '../../platforms/context'
import { residentAliases } from '../identity'
import type { FileRow } from './entities'
import type { FileKind } from './schema'
import { findFile } from './store'

/** The limits of one kind of file (security.md section 5). */
export function limitsOf(ctx: Ctx, kind: FileKind): { maxBytes: number; maxMs: number } {
  const { files } = ctx.config
  if (kind === 'image') return { maxBytes: files.imageMaxBytes, maxMs: 0 }
  if (kind === 'voice') return { maxBytes: files.voiceMaxBytes, maxMs: files.voiceMaxSeconds * 1000 }
  return { maxBytes: files.videoMaxBytes, maxMs: files.videoMaxSeconds * 1000 }
}

/** The file, if it belongs to whoever asks; anything else is as if it were not there. */
export async function ownFile(reader: Reader, ctx: Ctx, fileId: string): Promise<FileRow> {
  const row = await findFile(reader, fileId)
  if (!row || row.state === 'discarded' || !(await isMine(reader, ctx, row))) throw new AppError('not_found')
  return row
}

async function isMine(reader: Reader, ctx: Ctx, row: FileRow): Promise<boolean> {
  const person = personOf(ctx)
  if (row.ownerKind === person.kind && row.ownerId === person.id) return true
  return belongsTo(reader, row, { kind: 'resident', id: ctx.resident?.id ?? '' })
}

/**
 * Whether the file is this person's. A field worker is a resident, too: what they uploaded may go with either. Two
 * residents who turned out to be one person have each other's files.
 */
export async function belongsTo(
  reader: Reader,
  row: FileRow,
  owner: { readonly kind: 'resident' | 'staff'; readonly id: string },
): Promise<boolean> {
  if (owner.kind === 'staff') return row.ownerKind === 'staff' && row.ownerId === owner.id
  if (row.residentId === null || owner.id === '') return false
  if (row.residentId === owner.id) return true
  return (await residentAliases(reader, owner.id)).includes(row.residentId)
}

/** Whether people other than the owner and staff must not see it. */
export function isHidden(row: FileRow): boolean {
  return row.checkState === 'pending' || row.checkState === 'review' || row.checkState === 'risky'
}
