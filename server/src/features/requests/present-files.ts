import type { Ctx } from '../../platforms/context'
import { filesByIds, presentFile } from '../files'
import type { FileView } from '../files'
import type { RequestRow } from './entities'
import { filesOf } from './step-store'
import type { Viewer } from './viewer'

/** The files of one request as its viewer gets them. */
export interface FilesOfRequest {
  ofRole(role: string): FileView[]
  ofStep(stepId: string): FileView[]
}

/** Where a file of a request is fetched by somebody signed in. */
export const attachmentPath = (requestId: string): string => `/attachments/requests/${requestId}`
/** Where it is fetched by whoever holds the follow-link. */
export const linkAttachmentPath = (requestId: string): string => `/attachments/links/${requestId}`
/** As addresses name the holder of a link. */
export const linkViewer = (requestId: string): string => `link:${requestId}`

/** A neighbour gets none. */
export async function loadFiles(ctx: Ctx, row: RequestRow, viewer: Viewer): Promise<FilesOfRequest> {
  if (viewer.kind === 'follower') return { ofRole: () => [], ofStep: () => [] }
  const links = (await filesOf(ctx.db.reader, [row.id])).get(row.id) ?? []
  const files = await filesByIds(
    ctx.db.reader,
    links.map((link) => link.fileId),
  )
  const views = links.flatMap((link) => {
    const file = files.get(link.fileId)
    if (!file) return []
    return [
      {
        link,
        view: viewer.kind === 'link' ? forLink(ctx, row, file, viewer.token) : forOwner(ctx, row, file),
      },
    ]
  })
  return {
    ofRole: (role) => views.filter(({ link }) => link.role === role).map(({ view }) => view),
    ofStep: (stepId) => views.filter(({ link }) => link.stepId === stepId).map(({ view }) => view),
  }
}

type StoredFile = Parameters<typeof presentFile>[1]

function forOwner(ctx: Ctx, row: RequestRow, file: StoredFile): FileView {
  return presentFile(ctx, file, { path: attachmentPath(row.id) })
}

function forLink(ctx: Ctx, row: RequestRow, file: StoredFile, token: string): FileView {
  const view = presentFile(ctx, file, { path: linkAttachmentPath(row.id), viewer: linkViewer(row.id) })
  const withToken = (url: string): string => `${url}&token=${token}`
  return {
    ...view,
    url: withToken(view.url),
    thumbUrl: view.thumbUrl === null ? null : withToken(view.thumbUrl),
  }
}
