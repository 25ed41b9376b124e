import { AppError } from '../../core/errors'
import type { RawRoute } from '../../platforms/feature'
import { storedPdf } from './stored-pdf'
import { fileNameOf, INVOICE_FILE_PATH, useTicket } from './ticket'

/** The PDF of an `invoices.link` or `invoiceDesk.link`, once. */
export const invoiceFileRoute: RawRoute = {
  name: 'invoices.file',
  method: 'GET',
  path: `${INVOICE_FILE_PATH}/:ticket`,
  kind: 'page',
  handle: async (koa, ctx) => {
    koa.set('Cache-Control', 'private, no-store')
    koa.set('Referrer-Policy', 'no-referrer')
    koa.set('X-Content-Type-Options', 'nosniff')
    koa.set('Content-Security-Policy', "sandbox; default-src 'none'")
    try {
      const row = await useTicket(ctx, koa.path.split('/').at(-1) ?? '')
      const stream = await storedPdf(ctx, row)
      koa.set('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileNameOf(row))}`)
      koa.type = 'application/pdf'
      koa.body = stream
      // Koa forgets the length when it is given a stream.
      koa.length = row.fileBytes ?? 0
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'paper_gone')) throw error
      // Whoever opens an old link sees a sentence, not what programs read.
      koa.status = 410
      koa.type = 'text/plain; charset=utf-8'
      koa.body = error.message
    }
  },
}
