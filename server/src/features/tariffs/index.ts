import type { Feature } from '../../platforms/feature'
import { tariffsRoutes } from './routes'

export { lateFee, lateFeeWords } from './late-fee'
export { priceOf, priceWithCharges } from './price-of'
export type { RulePack } from './rule-pack'
export { lateFeeRuleOn, packsOfCompany, periodDay, stepsOn, tariffOn, unitOf } from './tariff-of'
export { tariffFaults } from './tariff-faults'
export { priceRows } from './price-rows'
export { type Progress, tierProgress } from './tier-progress'
export { progressWords } from './progress-words'

/** Price lists are files, read once; the feature stores nothing. */
export const tariffsFeature: Feature = { name: 'tariffs', tables: [], routes: tariffsRoutes }
