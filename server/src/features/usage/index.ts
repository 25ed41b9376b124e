import type { Feature } from '../../platforms/feature'
import { usageAlertTable, usageDayTable, usageImportTable, usagePeerTable, usageWalkTable } from './entities'
import { forgetDaysHourly } from './forget-days'
import { usageRoutes } from './routes'
import { followImportsOften, walkJob } from './walk'

export { fromMilli } from './milli'
export { ownUsage } from './read-usage'
export { importDays } from './import-days'
export { seedDemoUsage } from './seed-demo-usage'
export { usagePersonal } from './personal'

export const usageFeature: Feature = {
  name: 'usage',
  tables: [usageDayTable, usageImportTable, usageWalkTable, usagePeerTable, usageAlertTable],
  routes: usageRoutes,
  jobs: [walkJob],
  schedules: [followImportsOften, forgetDaysHourly],
}
