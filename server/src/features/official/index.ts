import type { Feature } from '../../platforms/feature'
import { pushCallbacks } from './callbacks'
import { officialEventTable, officialMenuTable, officialMessageTable } from './entities'
import { followUp, forgetLater, forgetOfficialRowsHourly } from './jobs'
import { officialRoutes } from './routes'

export { officialFaults } from './account-file'

export const officialFeature: Feature = {
  name: 'official',
  tables: [officialEventTable, officialMessageTable, officialMenuTable],
  routes: officialRoutes,
  rawRoutes: pushCallbacks,
  jobs: [followUp, forgetLater],
  schedules: [forgetOfficialRowsHourly],
}
