import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { Counted } from './count-preview'
import { assertSeen } from './list-calls'
import { findPreview } from './preview-store'
import type { PreviewView } from './schema'
import { deskReach } from './scope'

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

/** The count that was asked for, of one revision. Errors: not_found. */
export async function readPreview(
  ctx: Ctx,
  input: { readonly noticeId: string; readonly revision: number },
): Promise<{ preview: PreviewView }> {
  await assertSeen(ctx, await deskReach(ctx), input.noticeId)
  const row = await findPreview(ctx.db.reader, input.noticeId, input.revision)
  if (!row) throw new AppError('not_found')
  const counted = row.result === null ? NOTHING : (JSON.parse(row.result) as Counted)
  const { state, revision, finishedAt } = row
  return { preview: { ...counted, state, revision, countedAt: state === 'done' ? finishedAt : null } }
}
