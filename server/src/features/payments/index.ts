import type { Feature } from '../../platforms/feature'
import { paymentCallbacks } from './callbacks'
import * as entities from './entities'
import { paymentsSchedules } from './jobs'
import { paymentsRoutes } from './routes'
import { troublesRoutes } from './troubles-routes'

export { type AccountPayment, accountPayments, householdOrder, type HouseholdOrder } from './account-payments'
export { gaveBackOf, giveBack, postToBilling } from './give-back'
export { lastPaidOfBills } from './last-paid-store'
export { getPayment } from './get-payment'
export { paidByCodes } from './paid-by-code-store'
export {
  billRefundsAfter,
  leftOfPayments,
  lockPaidItems,
  type PaidItem,
  paidItems,
  settledPayments,
} from './paid-items-store'
export { readReceipt } from './read-receipt'
export { postBackReading, readingPostingsOf, type ReadingPostingState } from './post-back-reading'
export { paymentsPersonal } from './personal'

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
