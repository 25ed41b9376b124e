import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import { type Ctx, staffOf } from '../../platforms/context'
import type { CheckState } from './entities'
import { readLink } from './link'
import { viewerOf } from './present'
import { judge } from './store'

/**
 * A person's word on a file that the content check was unsure of, could not look at, or went against; they may change
 * it. Files know nothing of companies and areas, so the address counts: the feature that showed it to this very staff
 * member minutes ago had asked whether they may see it. Errors: `not_found` for an address of somebody else,
 * `file_link_expired`.
 */
export async function judgeFile(
  ctx: Ctx,
  input: { readonly fileId: string; readonly address: string; readonly verdict: 'pass' | 'risky' },
): Promise<void> {
  const { fileId, verdict } = input
  const query = Object.fromEntries(new URLSearchParams(input.address.split('?')[1] ?? ''))
  readLink(ctx, { fileId, viewer: viewerOf(ctx), query })
  const by = `staff:${staffOf(ctx).id}`
  // Whatever nobody asked about is shown already, but may still have to be hidden.
  const from: CheckState[] = [
    'pending',
    'review',
    'risky',
    'pass',
    ...(verdict === 'risky' ? ['none' as const] : []),
  ]
  const judged = await inTransaction(ctx, (tx) => judge(tx, fileId, { from, to: verdict, label: null, by }))
  if (!judged) throw new AppError('not_found')
}
