import type { Feature } from '../../platforms/feature'
import { deliverMessage } from './deliver-message'
import { creditTable, deliveryTable, messageTable } from './entities'
import { notificationsRoutes } from './routes'

export const notificationsFeature: Feature = {
  name: 'notifications',
  tables: [messageTable, deliveryTable, creditTable],
  routes: notificationsRoutes,
  jobs: [deliverMessage],
}

export { notifyResident } from './notify-resident'
