import type { Reader } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { Counted } from './count-preview'
import { assertSeen } from './list-calls'
import { findPreview, newestPreviews } from './preview-store'
import type { PreviewRow } from './entities'
import type { PreviewView } from './schema'
import { deskReach } from './scope'
import { findNotice } from './store'

const NOTHING: Counted = {
  households: 0,
  residents: 0,
  channels: [],
  costFen: 0,
  unknownAccounts: [],
  unknownCount: 0,
  sample: [],
  calls: 0,
  lead: { broken: false, rule: null, source: null },
  needsApproval: false,
}

/**
 * The count that was asked for, of one revision. What was handed in keeps its words and places, so that the second
 * person sees the count that the first one saw. Errors: not_found.
 */
export async function readPreview(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number },
): Promise<{ preview: PreviewView }> {
  const { reader } = ctx.db
  await assertSeen(ctx, await deskReach(ctx), input.noticeId)
  const own = await findPreview(reader, input.noticeId, input.revision)
  const row = own ?? (await countBefore(reader, input))
  if (!row) throw new AppError('not_found')
  const counted = row.result === null ? NOTHING : (JSON.parse(row.result) as Counted)
  const { state, revision, finishedAt } = row
  return { preview: { ...counted, state, revision, countedAt: state === 'done' ? finishedAt : null } }
}

async function countBefore(
  reader: Reader,
  asked: { readonly noticeId: string; readonly revision: number },
): Promise<PreviewRow | null> {
  const notice = await findNotice(reader, asked.noticeId)
  if (notice?.revision !== asked.revision || notice.state === 'draft') return null
  return (await newestPreviews(reader, [asked.noticeId])).get(asked.noticeId) ?? null
}
