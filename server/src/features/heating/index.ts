import type { Feature } from '../../platforms/feature'
import { caseTable, cursorTable, roundTable, supplyTable } from './entities'
import { heatingSchedules } from './jobs'
import { heatingRoutes } from './routes'

export { heatRuleFaults } from './heat-packs'
export { heatingPersonal } from './personal'

export const heatingFeature: Feature = {
  name: 'heating',
  tables: [caseTable, roundTable, cursorTable, supplyTable],
  routes: heatingRoutes,
  schedules: heatingSchedules,
}
