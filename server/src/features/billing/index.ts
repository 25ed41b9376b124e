import type { Feature } from '../../platforms/feature'
import {
  billTable,
  billVersionTable,
  creditTable,
  importLeaseTable,
  importRunTable,
  serviceBillTable,
} from './entities'
import { billingRoutes } from './routes'

export { addServiceBill } from './add-service-bill'
export { addCredits, creditsOfHouseholds, creditsOfPayments } from './credit-store'
export type { ReadBy } from './import/layouts/types'
export { type ImportProgress, importBills, type ImportResult } from './import-bills'
export { type MeterBill, meterBillOf, meterBillsOf, ownerOfBill, walkMeterBills } from './meter-bills'
export { withImportLease } from './import/lease'
export type { AreaFacts, TierFacts } from './import/layouts/types'
export { lastImports } from './store'
export { type AccountBill, accountBills, figuresOf } from './account-bills'
export { getBill } from './get-bill'
export { addPaidBills, type PaidBill } from './add-paid-bills'
export { billWithPeriods, type PeriodBill, periodBills, periodBillsSince } from './period-bills'
export { owedByCode, titleByCode } from './owed-by-code'
export { owedOfHousehold } from './owed-of-household'
export {
  allocateToBill,
  holdBills,
  lockBills,
  type PayableBill,
  readBillsForPayment,
  releaseBills,
} from './payable-store'

export { type SeasonBill, seasonBillOf } from './season-bill'
export { chargesOf } from './service-bill-store'
export { isServicePeriod, shownPeriod } from './service-period'
export { assertPayable, assertSeesBill, seesBill } from './whose-bill'
export { usageOfHousehold } from './usage-of-household'
export { billingPersonal } from './personal'

export const billingFeature: Feature = {
  name: 'billing',
  tables: [billTable, billVersionTable, importRunTable, importLeaseTable, creditTable, serviceBillTable],
  routes: billingRoutes,
}
