import { AppError } from '../../core/errors'
import type { RawRoute } from '../../platforms/feature'
import { openPaper } from './open-paper'
import { VERIFY_PATH } from './present-proof'
import { readProofCode } from './proof-code'
import { PAPERS_PATH } from './ticket'

/** The file of a `papers.link…`, once. The bytes follow after the handler has answered. */
const fileRoute: RawRoute = {
  name: 'papers.file',
  method: 'GET',
  path: `${PAPERS_PATH}/:ticket`,
  kind: 'page',
  handle: async (koa, ctx) => {
    koa.set('Cache-Control', 'private, no-store')
    koa.set('Referrer-Policy', 'no-referrer')
    koa.set('X-Content-Type-Options', 'nosniff')
    koa.set('Content-Security-Policy', "sandbox; default-src 'none'")
    try {
      const { fileName, type, bytes } = await openPaper(ctx, koa.path.split('/').at(-1) ?? '')
      koa.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`)
      koa.type = type
      koa.body = bytes
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'paper_gone')) throw error
      // Whoever opens an old link sees a sentence, not what programs read.
      koa.status = 410
      koa.type = 'text/plain; charset=utf-8'
      koa.body = error.message
    }
  },
}

/**
 * Where the QR code of a proof leads: to the page that asks `papers.checkProof`, the code behind the #. Nothing is looked
 * up here, and what could not be a code is handed on as what it is: none.
 */
const verifyRoute: RawRoute = {
  name: 'papers.verify',
  method: 'GET',
  path: `${VERIFY_PATH}/:code`,
  kind: 'page',
  handle: async (koa) => {
    const code = koa.path.slice(VERIFY_PATH.length + 1)
    const handed = readProofCode(code) ?? code.replaceAll(/[^0-9A-Za-z-]/g, '').slice(0, 40)
    koa.set('Cache-Control', 'no-store')
    koa.redirect(`/#${VERIFY_PAGE}?code=${handed}`)
  },
}

const VERIFY_PAGE = '/papers/verify/index'

/** For whoever types the address without a code. */
const verifyDoor: RawRoute = {
  ...verifyRoute,
  name: 'papers.verify-door',
  path: VERIFY_PATH,
  handle: async (koa) => {
    koa.set('Cache-Control', 'no-store')
    koa.redirect(`/#${VERIFY_PAGE}`)
  },
}

export const paperRoutes: readonly RawRoute[] = [fileRoute, verifyRoute, verifyDoor]
