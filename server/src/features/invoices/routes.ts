import { isDone } from '../../core/http/shapes'
import { implement } from '../../platforms/feature'
import { getDeskInvoice } from './get-desk-invoice'
import { getInvoice } from './get-invoice'
import { linkDeskInvoice } from './link-desk-invoice'
import { linkInvoice } from './link-invoice'
import { listDeskInvoices } from './list-desk-invoices'
import { listInvoices } from './list-invoices'
import { listOpen } from './list-open'
import { listTitles } from './list-titles'
import { mailInvoice } from './mail-invoice'
import { redLetter } from './red-letter'
import { removeTitle } from './remove-title'
import { requestInvoice } from './request-invoice'
import { retryInvoice } from './retry-invoice'
import { saveTitle } from './save-title'
import { invoiceDeskOperations, invoicesOperations } from './schema'

export const invoicesRoutes = [
  ...implement(invoicesOperations, {
    'invoices.listOpen': { limit: 'read', handle: listOpen },
    'invoices.request': { limit: 'write', handle: requestInvoice },
    'invoices.list': { limit: 'read', handle: listInvoices },
    'invoices.get': { limit: 'read', handle: getInvoice },
    // A file costs more than a page, so files are counted as writes are.
    'invoices.link': { limit: 'write', handle: linkInvoice },
    'invoices.mail': { limit: 'write', handle: mailInvoice },
    'invoices.titles': { limit: 'read', handle: (ctx) => listTitles(ctx) },
    'invoices.saveTitle': { limit: 'write', handle: saveTitle },
    'invoices.removeTitle': {
      limit: 'write',
      handle: async (ctx, input) => {
        await removeTitle(ctx, input)
        return isDone
      },
    },
  }),
  ...implement(invoiceDeskOperations, {
    'invoiceDesk.list': { limit: 'read', handle: listDeskInvoices },
    'invoiceDesk.get': { limit: 'read', handle: getDeskInvoice },
    'invoiceDesk.link': { limit: 'write', handle: linkDeskInvoice },
    'invoiceDesk.retry': { limit: 'write', handle: retryInvoice },
    'invoiceDesk.redLetter': { limit: 'write', handle: redLetter },
  }),
]
