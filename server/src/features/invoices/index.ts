import type { Feature } from '../../platforms/feature'
import { invoiceTable, itemTable, refundCursorTable, taskTable, titleTable } from './entities'
import { invoiceFileRoute } from './file-routes'
import { invoicesSchedules } from './jobs'
import { invoicesRoutes } from './routes'

export { invoicesPersonal } from './personal'

export const invoicesFeature: Feature = {
  name: 'invoices',
  tables: [invoiceTable, itemTable, taskTable, titleTable, refundCursorTable],
  routes: invoicesRoutes,
  rawRoutes: [invoiceFileRoute],
  schedules: invoicesSchedules,
}
