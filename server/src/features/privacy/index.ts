import type { Feature } from '../../platforms/feature'
import { copyRoute } from './copy-routes'
import { closureTable, copyFileTable, copyTable, retentionLineTable, retentionRunTable } from './entities'
import { closureJob, copyJob, privacySchedules } from './jobs'
import { privacyDeskRoutes, privacyRoutes } from './routes'

export const privacyFeature: Feature = {
  name: 'privacy',
  tables: [copyTable, copyFileTable, closureTable, retentionRunTable, retentionLineTable],
  routes: [...privacyRoutes, ...privacyDeskRoutes],
  rawRoutes: [copyRoute],
  jobs: [copyJob, closureJob],
  schedules: privacySchedules,
}
