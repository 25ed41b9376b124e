import type { Feature } from '../../platforms/feature'
import { paymentCallbacks } from './callbacks'
import * as entities from './entities'
import { paymentsSchedules } from './jobs'
import { paymentsRoutes } from './routes'
import { troublesRoutes } from './troubles-routes'

export { gaveBackOf, giveBack, postToBilling } from './give-back'
export { lastPaidOfBills } from './last-paid-store'
export { paidByCodes } from './paid-by-code-store'
export { postBackReading, readingPostingsOf, type ReadingPostingState } from './post-back-reading'

export const paymentsFeature: Feature = {
  name: 'payments',
  tables: [
    entities.paymentTable,
    entities.paymentBillTable,
    entities.noticeTable,
    entities.ledgerTable,
    entities.exceptionTable,
    entities.refundTable,
    entities.writebackTable,
    entities.readingPostingTable,
    entities.drainTable,
  ],
  routes: [...paymentsRoutes, ...troublesRoutes],
  rawRoutes: paymentCallbacks,
  schedules: paymentsSchedules,
}
