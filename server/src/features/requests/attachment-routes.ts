import type { Context } from 'koa'
import { isAppError } from '../../core/errors'
import type { Ctx } from '../../platforms/context'
import type { RawRoute } from '../../platforms/feature'
import { deliverFile } from '../files'
import { linkViewer } from './present-files'
import { viewersOfAttachment } from './read-attachment'
import { readLinkAttachment } from './read-link-attachment'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const params = (koa: Context): Record<string, unknown> => koa['params'] as Record<string, unknown>

/** Photos, voice and video of a request. Who may see them is asked now, whatever an address says that was made before. */
export const attachmentRoutes: RawRoute[] = [
  {
    name: 'requests.attachment',
    method: 'GET',
    path: '/attachments/requests/:requestId/:fileId',
    kind: 'person',
    handle: async (koa, ctx) => {
      const { requestId, fileId } = params(koa)
      const ids = { requestId: text(requestId), fileId: text(fileId) }
      await deliverToAny(koa, await viewersOfAttachment(ctx, ids), ids)
    },
  },
  {
    name: 'requests.linkAttachment',
    method: 'GET',
    path: '/attachments/links/:requestId/:fileId',
    kind: 'page',
    handle: async (koa, ctx) => {
      const { requestId, fileId } = params(koa)
      const ids = { requestId: text(requestId), fileId: text(fileId), token: text(koa.query['token']) }
      await readLinkAttachment(ctx, ids)
      await deliverFile(koa, ctx, {
        fileId: ids.fileId,
        query: koa.query,
        claim: `request:${ids.requestId}`,
        viewer: linkViewer(ids.requestId),
      })
    },
  },
]

/** A field worker is a resident as well, and the address was made for one of the two. */
async function deliverToAny(
  koa: Context,
  viewers: readonly Ctx[],
  ids: { readonly requestId: string; readonly fileId: string },
): Promise<void> {
  for (const [index, viewer] of viewers.entries()) {
    try {
      await deliverFile(koa, viewer, {
        fileId: ids.fileId,
        query: koa.query,
        claim: `request:${ids.requestId}`,
      })
      return
    } catch (error) {
      if (index === viewers.length - 1 || !isAppError(error)) throw error
    }
  }
}
