import { type Ctx, personOf } from '../../platforms/context'
import type { FileRow, FileState } from './entities'
import { signLink, type Variant } from './link'
import { isHidden } from './policy'
import type { FileView } from './schema'
import { receivedBytes } from './upload-folder'

export interface Progress {
  readonly fileId: string
  readonly state: 'receiving' | 'processing' | 'ready' | 'refused'
  readonly offset: number
  readonly reason: string | null
}

export async function presentProgress(ctx: Ctx, row: FileRow): Promise<Progress> {
  const receiving = row.state === 'receiving'
  return {
    fileId: row.id,
    state: shownState(row.state),
    offset: receiving ? await receivedBytes(ctx, row.id) : row.declaredBytes,
    reason: row.reason,
  }
}

/** An upload that was taken stays so, also when its file was deleted long after. */
function shownState(state: FileState): Progress['state'] {
  if (state === 'discarded') return 'refused'
  return state === 'expiring' || state === 'expired' ? 'ready' : state
}

/** Whoever asks, as an address names them. */
export function viewerOf(ctx: Ctx): string {
  const { kind, id } = personOf(ctx)
  return `${kind}:${id}`
}

/**
 * A file as pages show it, with addresses for the person who asks, or for the `viewer` that is given (the holder of a
 * follow link). `path` is the delivery route of the feature that it is attached to, such as
 * `/attachments/requests/<id>`: the address is that path, the file's id and a signed query. The route gives the same
 * viewer to deliverFile. Addresses begin with `/`; a client puts the portal's own address before them.
 */
export function presentFile(
  ctx: Ctx,
  file: FileRow,
  at: { readonly path: string; readonly viewer?: string },
): FileView {
  const viewer = at.viewer ?? viewerOf(ctx)
  const untilMs = ctx.clock.now() + ctx.config.files.linkSeconds * 1000
  const address = (variant: Variant): string =>
    `${at.path}/${file.id}?${signLink(ctx, { fileId: file.id, variant, viewer, untilMs })}`
  const isGone = file.state !== 'ready'
  return {
    fileId: file.id,
    kind: file.kind,
    url: address('main'),
    thumbUrl: isGone || file.thumbKey === null ? null : address('thumb'),
    width: file.width,
    height: file.height,
    durationMs: file.durationMs,
    hidden: isHidden(file),
    gone: isGone,
  }
}
