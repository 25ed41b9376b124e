import { inTransaction } from '../../core/db/database'
import { AppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import { identityFor } from '../identity'
import type { FileRow } from './entities'
import { signLink } from './link'
import { findFile, judge, keepTrace } from './store'

/** Half an hour is what WeChat takes at most; an address dies with the verdict, whichever comes first. */
const CHECK_LINK_MS = 30 * 60_000
export const CHECK_VIEWER = 'platform:wechat'

/** Only what residents send from WeChat is checked there; a video has no check, so a person looks at it. */
export function checkNeeded(
  row: Pick<FileRow, 'ownerKind' | 'channel' | 'kind'>,
): 'none' | 'pending' | 'review' {
  if (row.ownerKind !== 'resident' || !row.channel.startsWith('wechat')) return 'none'
  return row.kind === 'video' ? 'review' : 'pending'
}

/**
 * Asks WeChat about one picture or recording. It fetches the file by a signed address of its own; the verdict comes by
 * a pushed event. On the last try without an answer, a person looks.
 */
export async function askCheck(
  ctx: Ctx,
  input: { readonly fileId: string; readonly isLastTry: boolean },
): Promise<void> {
  const row = await findFile(ctx.db.reader, input.fileId)
  if (row?.state !== 'ready' || row.checkState !== 'pending' || row.checkTrace !== null) return
  // Without a push no verdict could ever come.
  const openid = ctx.platforms.messagePush === null ? null : await openidOf(ctx, row.residentId)
  const asked =
    openid === null
      ? ({ state: 'unavailable', platformCode: 'no openid or no push' } as const)
      : await ctx.platforms.contentCheck.askMedia({
          openid,
          url: checkUrl(ctx, row),
          media: row.kind === 'image' ? 'image' : 'audio',
        })
  if (asked.state === 'asked') {
    await inTransaction(ctx, (tx) => keepTrace(tx, row.id, asked.traceId, ctx.clock.now()))
    return
  }
  ctx.log.warn({ fileId: row.id, platformCode: asked.platformCode }, 'files.check-unavailable')
  if (openid !== null && !input.isLastTry)
    throw new AppError('platform_unavailable', { detail: `content check: ${asked.platformCode}` })
  await inTransaction(ctx, (tx) =>
    judge(tx, row.id, { from: ['pending'], to: 'review', label: null, by: 'system' }),
  )
}

function checkUrl(ctx: Ctx, row: FileRow): string {
  const link = signLink(ctx, {
    fileId: row.id,
    variant: 'main',
    viewer: CHECK_VIEWER,
    untilMs: ctx.clock.now() + CHECK_LINK_MS,
  })
  return `${ctx.config.http.publicUrl}/files/checked/${row.id}?${link}`
}

/** The resident's id in the mini-program: the check knows no other. */
export async function openidOf(ctx: Ctx, residentId: string | null): Promise<string | null> {
  if (residentId === null) return null
  const { appId } = ctx.config.platforms.wechat.mini
  return (await identityFor(ctx.db.reader, ctx, residentId, 'wechat-mini', appId))?.subject ?? null
}
