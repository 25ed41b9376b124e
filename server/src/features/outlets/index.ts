import type { Feature } from '../../platforms/feature'
import { outletTable, ticketTable } from './entities'
import { outletsSchedules } from './jobs'
import { outletsRoutes } from './routes'

export { seedDemoOutlets } from './seed-demo-outlets'
export { outletsPersonal } from './personal'

export const outletsFeature: Feature = {
  name: 'outlets',
  tables: [outletTable, ticketTable],
  routes: outletsRoutes,
  schedules: outletsSchedules,
}
