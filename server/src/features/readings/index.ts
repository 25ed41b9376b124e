import type { Feature } from '../../platforms/feature'
import { meterTable, meterWalkTable, readingTable, reminderTable } from './entities'
import { readingsSchedules } from './jobs'
import { photoRoute } from './photo-routes'
import { readingsRoutes } from './routes'

export { adoptedReadings } from './adopted-readings'
export { anyAdopted } from './adopted-store'
export { seedDemoReadings } from './seed-demo-readings'
export { readingsPersonal } from './personal'

export const readingsFeature: Feature = {
  name: 'readings',
  tables: [meterTable, meterWalkTable, readingTable, reminderTable],
  routes: readingsRoutes,
  rawRoutes: [photoRoute],
  schedules: readingsSchedules,
}
