import type { Ctx } from '../../platforms/context'
import { consentOf } from '../identity'
import type { CopyRow } from './entities'
import type { Mine } from './schema'
import { filesOfCopy } from './store'

type Purpose = Ctx['config']['privacy']['purposes'][number]

/** A purpose with its text, and what this person last said to it. */
export async function presentPurpose(
  ctx: Ctx,
  residentIds: readonly string[],
  purpose: Purpose,
): Promise<Mine['purposes'][number]> {
  const { id, version, title, paragraphs, sensitive } = purpose
  const said = await consentOf(ctx.db.reader, residentIds, purpose)
  return { id, version, title, paragraphs: [...paragraphs], sensitive, ...said }
}

export async function presentCopy(ctx: Ctx, row: CopyRow): Promise<Mine['copies'][number]> {
  const files = row.state === 'ready' ? await filesOfCopy(ctx.db.reader, row.id) : []
  return {
    id: row.id,
    state: row.state,
    createdAt: Number(row.createdAt),
    readyAt: row.readyAt === null ? null : Number(row.readyAt),
    expiresAt: row.expiresAt === null ? null : Number(row.expiresAt),
    records: row.records,
    files: files.map(({ format, bytes }) => ({ format, bytes })),
  }
}
